package dev.mystical.scanner.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A request that met a route. For the thread that handles it.
 *
 * <p>Its body is read from the connection as the handler reads it, within the route's {@link
 * BodyTerms}. Where they are broken, or the client is, reading throws {@link java.io.IOException};
 * the handler lets it pass, for the listener knows the answer (413, 408 or 400) and gives it
 * whatever the handler makes of the exception. A body that is not read is not asked for: who
 * refuses a request does so before. It ends when the handler returns.
 *
 * @param method in upper case; GET where the client said HEAD
 * @param peer who is at the other end of the connection: the client, or a proxy before it
 */
public record Request(
    String method, Target target, Headers headers, InputStream body, InetAddress peer) {
  /** A variable of the route's template; {@link IllegalArgumentException} if it has none such. */
  public String variable(String name) {
    String value = target.variables().get(name);
    if (value == null) {
      throw new IllegalArgumentException("no {%s} in %s".formatted(name, target.template()));
    }
    return value;
  }

  /** Every value of a name in the query. */
  public List<String> query(String name) {
    return target.query().getOrDefault(name, List.of());
  }

  /** The value of a header field; of one that was sent several times all, with commas between. */
  public Optional<String> header(String name) {
    return headers.value(name);
  }

  /** Whether it came from this machine. */
  public boolean fromLoopback() {
    return peer.isLoopbackAddress();
  }
}
