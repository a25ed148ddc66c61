package dev.mystical.scanner.stand;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between Redis clients and a {@link RedisServer}, and holds the commands that it is told
 * to: so a client can be killed at an exact point of what it does. Everything else passes as it
 * comes. Safe for use by many threads.
 */
public final class RedisProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisProxy.class);

  private final int server;
  private final ServerSocket listener;
  private final Queue<RedisHold> holds = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("redis-proxy-", 0).factory());

  private RedisProxy(int server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
    threads.execute(this::accept);
  }

  /** Starts a proxy on a free port in front of a server on loopback. */
  public static RedisProxy before(URI server) {
    try {
      return new RedisProxy(
          server.getPort(), new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  /** Holds the next command that fits, at this point. */
  public RedisHold hold(RedisHold.Where where, Predicate<List<String>> wanted) {
    RedisHold hold = new RedisHold(where, wanted);
    holds.add(hold);
    return hold;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = kept(listener.accept());
        Socket redis = kept(new Socket(InetAddress.getLoopbackAddress(), server));
        RedisConversation conversation = new RedisConversation(client, redis, this::held);
        threads.execute(() -> carry(conversation::carryCommands, client, redis));
        threads.execute(() -> carry(conversation::carryAnswers, client, redis));
      } catch (IOException away) {
        LOG.debug("event=redis-away cause={}", away.toString());
        sockets.removeIf(socket -> !socket.isConnected() || socket.isClosed());
      }
    }
  }

  private Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  /** The hold that a command runs into, which no other then does; none for most of them. */
  private List<RedisHold> held(List<String> command) {
    return holds.stream()
        .filter(hold -> hold.wanted().test(command))
        .findFirst()
        .filter(holds::remove)
        .stream()
        .toList();
  }

  private interface Carrying {
    void run() throws IOException, InterruptedException;
  }

  private void carry(Carrying carrying, Closeable... ends) {
    try {
      carrying.run();
    } catch (IOException | InterruptedException cut) {
      LOG.debug("event=redis-conversation-ended cause={}", cut.toString());
    } finally {
      close(ends);
    }
  }

  private static void close(Closeable... ends) {
    for (Closeable end : ends) {
      try {
        end.close();
      } catch (IOException e) {
        LOG.debug("event=close-failed cause={}", e.toString());
      }
    }
  }

  /** Cuts all connections; what is held never reaches its goal. */
  @Override
  public void close() {
    close(listener);
    threads.shutdownNow();
    sockets.forEach(RedisProxy::close);
  }
}
