package dev.mystical.scanner.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver that answers by a script, byte for byte, one connection at a time. Reads the whole
 * request first.
 */
final class Receiver implements AutoCloseable {
  /** What a receiver does once it has the request. */
  @FunctionalInterface
  interface Script {
    void answer(Socket socket) throws IOException;
  }

  /** A request as it came. */
  record Request(String line, Map<String, String> headers, String body) {}

  private final ServerSocket server;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final Thread thread;

  private Receiver(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    thread = Thread.ofVirtual().name("receiver").start(this::run);
  }

  static Receiver on(ServerSocket server, Script script) {
    return new Receiver(server, script);
  }

  static Receiver listening(Script script) {
    return on(bind("127.0.0.1", 0), script);
  }

  /** One that says this and no more. */
  static Receiver answering(String answer) {
    return listening(say(answer));
  }

  static Script say(String answer) {
    return socket -> {
      socket.getOutputStream().write(answer.getBytes(UTF_8));
      socket.getOutputStream().flush();
    };
  }

  /**
   * One that says all of this at last, but so slowly that it takes seconds: from the mark {@code ~}
   * on, byte by byte.
   */
  static Script drip(String answer) {
    int mark = answer.indexOf('~');
    return socket -> {
      say(answer.substring(0, mark)).answer(socket);
      socket.setSoTimeout(10);
      for (byte next : answer.substring(mark + 1).getBytes(UTF_8)) {
        socket.getOutputStream().write(next);
        try {
          socket.getInputStream().read();
          throw new IOException("the sender has left");
        } catch (SocketTimeoutException e) {
          // It is still there.
        }
      }
    };
  }

  /** One that says nothing. */
  static void untilLeft(Socket socket) throws IOException {
    socket.getInputStream().read();
    throw new IOException("the sender has left");
  }

  static ServerSocket bind(String address, int port) {
    try {
      return new ServerSocket(port, 10, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return connections.get();
  }

  /** How the next connection ended; waits for it. */
  String end() throws InterruptedException {
    String end = ends.poll(30, TimeUnit.SECONDS);
    return end == null ? "not at all" : end;
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        serve(socket);
      } catch (IOException e) {
        ends.add("at accept: " + e);
      }
    }
  }

  private void serve(Socket socket) {
    try {
      requests.add(request(new BufferedInputStream(socket.getInputStream())));
      script.answer(socket);
      ends.add("answered");
    } catch (IOException e) {
      ends.add("broken: " + e);
    }
  }

  private static Request request(InputStream in) throws IOException {
    String[] lines = head(in).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] parts = line.split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(lines[0], headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next == -1) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(UTF_8);
  }

  @Override
  public void close() {
    try {
      server.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
