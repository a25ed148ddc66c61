package dev.mystical.scanner.http.webhook;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.domain.deliver.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * One request and its answer over one connection, for one thread. It has no deadline of its own:
 * whoever runs it interrupts it, and then asks what it {@link #soFar() knew}.
 */
final class Exchange implements Callable<DeliveryOutcome> {
  /** How much of an answer's body is read, for no other reason than that the receiver can end. */
  static final int READ_AT_MOST = 16 * 1024;

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

  // The parser has limits of its own, which stand for these unless it is told.
  private static final DefaultBHttpClientConnectionFactory HTTP =
      DefaultBHttpClientConnectionFactory.builder()
          .http1Config(LIMITS)
          .responseParserFactory(new DefaultHttpResponseParserFactory(LIMITS))
          .build();

  private enum Phase {
    CONNECT("no connection to %s"),
    SECURE("no TLS connection to %s"),
    ANSWER("no answer from %s");

    private final String failed;

    Phase(String failed) {
      this.failed = failed;
    }
  }

  private final Connections connections;
  private final CallbackUrl url;
  private final List<InetAddress> addresses;
  private final Webhook webhook;
  private final WebhookRequests requests;

  private volatile Phase phase = Phase.CONNECT;
  private volatile Optional<DeliveryOutcome> answered = Optional.empty();

  Exchange(
      Connections connections,
      WebhookRequests requests,
      AddressGuard.Verdict.Vetted vetted,
      Webhook webhook) {
    this.connections = connections;
    this.requests = requests;
    this.url = vetted.url();
    this.addresses = vetted.addresses();
    this.webhook = webhook;
  }

  @Override
  public DeliveryOutcome call() {
    try (Socket socket = connections.open(url, addresses)) {
      if (url.scheme() == CallbackUrl.Scheme.HTTPS) {
        phase = Phase.SECURE;
        talk(socket, Optional.of(connections.secure(socket, url)));
      } else {
        talk(socket, Optional.empty());
      }
      return soFar();
    } catch (SSLException e) {
      return identityFailed(e)
          ? new DeliveryOutcome.Unreachable(
              "%s has no certificate that proves it to be that host".formatted(url.host()))
          : soFar();
    } catch (IOException | HttpException e) {
      return soFar();
    }
  }

  /** What the receiver answered, or else how far it came. For any thread. */
  DeliveryOutcome soFar() {
    return answered.orElseGet(
        () -> new DeliveryOutcome.Unreachable(phase.failed.formatted(url.host())));
  }

  private void talk(Socket socket, Optional<SSLSocket> secured) throws IOException, HttpException {
    phase = Phase.ANSWER;
    HttpClientConnection connection =
        secured.isPresent()
            ? HTTP.createConnection(secured.get(), socket)
            : HTTP.createConnection(socket);
    ClassicHttpRequest request = requests.of(url, webhook);
    ClassicHttpResponse response =
        new HttpRequestExecutor().execute(request, connection, HttpCoreContext.create());
    // From here on the receiver has said what became of it, whatever happens to the rest.
    answered =
        Optional.of(
            Answers.outcome(
                url,
                response.getCode(),
                Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
                    .map(Header::getValue),
                webhook.at()));
    HttpEntity rest = response.getEntity();
    if (rest != null) {
      // Not closed: that would read all the rest of it.
      rest.getContent().readNBytes(READ_AT_MOST);
    }
    if (secured.isPresent()) {
      secured.get().shutdownOutput();
    }
  }

  private static boolean identityFailed(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}
