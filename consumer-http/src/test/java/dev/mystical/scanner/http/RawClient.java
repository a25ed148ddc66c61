package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client that sends whatever bytes it likes. Waits at most twenty seconds for any answer. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int HEX = 16;

  private final Socket socket;
  private final InputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient to(HttpListener listener) throws IOException {
    return to(listener, new Socket());
  }

  /** One that has little room for what it does not read. */
  static RawClient narrow(HttpListener listener) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return to(listener, socket);
  }

  private static RawClient to(HttpListener listener, Socket socket) throws IOException {
    URI address = listener.address();
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()),
        PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(socket);
  }

  RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  RawClient sendEnd() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** A whole request without a body. */
  RawAnswer ask(String method, String path) throws IOException {
    send("%s %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(method, path));
    return method.equals("HEAD") ? answerWithoutBody() : answer();
  }

  RawAnswer get(String path) throws IOException {
    return ask("GET", path);
  }

  RawAnswer answer() throws IOException {
    RawAnswer head = answerWithoutBody();
    return new RawAnswer(head.status(), head.headers(), body(head));
  }

  RawAnswer answerWithoutBody() throws IOException {
    String status = line();
    Headers headers = Headers.NONE;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(": ");
      headers = headers.with(line.substring(0, colon), line.substring(colon + 2));
    }
    return new RawAnswer(
        Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
        headers,
        "");
  }

  /** Every answer until the connection ends. */
  List<RawAnswer> answersToTheEnd() throws IOException {
    List<RawAnswer> answers = new ArrayList<>();
    while (!ended()) {
      answers.add(answer());
    }
    return answers;
  }

  private String body(RawAnswer head) throws IOException {
    if (head.header("Transfer-Encoding").equals("chunked")) {
      StringBuilder all = new StringBuilder();
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        all.append(chunk);
      }
      return all.toString();
    }
    if (head.header("Content-Length").isEmpty()) {
      return head.status() == 204 || head.status() == 100
          ? ""
          : new String(in.readAllBytes(), ISO_8859_1);
    }
    return text(Integer.parseInt(head.header("Content-Length")));
  }

  /** The next chunk of a body; empty for the last. */
  String chunk() throws IOException {
    String chunk = text(Integer.parseInt(line(), HEX));
    line();
    return chunk;
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("%d bytes of %d".formatted(bytes.length, length));
    }
    return new String(bytes, ISO_8859_1);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("in a line: " + line);
      }
      line.write(c);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** Whether nothing more comes; waits for it. */
  boolean ended() throws IOException {
    in.mark(1);
    int next;
    try {
      next = in.read();
    } catch (java.net.SocketException e) {
      return true;
    }
    if (next >= 0) {
      in.reset();
    }
    return next < 0;
  }

  /** Whether there is something to be read, or was an end, right now. */
  boolean silent() throws IOException {
    socket.setSoTimeout(1);
    try {
      in.mark(1);
      if (in.read() >= 0) {
        in.reset();
      }
      return false;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (java.net.SocketException e) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
