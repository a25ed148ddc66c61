package dev.mystical.scanner.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on loopback as a child process: {@code redis-server} of the PATH, else the one that
 * embedded-redis carries. It ends when this process ends, however it ends. Safe for use by many
 * threads.
 */
public final class RedisServer implements AutoCloseable {

  private static final int START_TRIES = 3;
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path binary;
  private final int port;
  private final List<String> extraArgs;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock; null while stopped.
  private @Nullable RedisProcess process;

  private RedisServer(Path folder, Path binary, int port, List<String> extraArgs)
      throws InterruptedException {
    this.folder = folder;
    this.binary = binary;
    this.port = port;
    this.extraArgs = List.copyOf(extraArgs);
    this.process = launch();
  }

  /** Starts an empty server with {@code noeviction} that answers when this returns. */
  public static RedisServer start() throws InterruptedException {
    return start(List.of());
  }

  /**
   * Starts an empty server with further arguments of {@code redis-server}, such as {@code
   * --requirepass} or {@code --aclfile}; they win over ours.
   */
  public static RedisServer start(List<String> extraArgs) throws InterruptedException {
    Path folder = TemporaryFolder.make("scanner-redis-");
    try {
      Path binary = RedisBinary.find(folder);
      for (int tried = 1; ; tried++) {
        try {
          return new RedisServer(folder, binary, FreePort.onLoopback(), extraArgs);
        } catch (RedisProcess.PortTaken e) {
          if (tried == START_TRIES) {
            throw e;
          }
        }
      }
    } catch (RuntimeException | InterruptedException e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  /** The port; it stays the same over restarts. */
  public int port() {
    return port;
  }

  /** The server's address without user and password. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Ends the server as SIGTERM does; connections are cut, the data stays on disk. */
  public void stop() throws InterruptedException {
    lock.lock();
    try {
      if (process != null) {
        process.terminate(STOP_DEADLINE);
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the server as SIGKILL does: what it had not yet written is lost. */
  public void kill() throws InterruptedException {
    lock.lock();
    try {
      if (process != null) {
        process.kill(STOP_DEADLINE);
        process = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts the server again on its port with the data it had; first stops it if it runs. */
  public void restart() throws InterruptedException {
    lock.lock();
    try {
      stop();
      process = launch();
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #restart}, but all data is gone. */
  public void restartEmpty() throws InterruptedException {
    lock.lock();
    try {
      stop();
      TemporaryFolder.empty(data());
      process = launch();
    } finally {
      lock.unlock();
    }
  }

  /** Freezes the server: connections stay open and nothing answers. */
  public void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Ends a pause. */
  public void resume() throws InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    lock.lock();
    try {
      if (process == null) {
        throw new IllegalStateException("the server is stopped");
      }
      process.signal(name);
    } finally {
      lock.unlock();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private RedisProcess launch() throws InterruptedException {
    try {
      Files.createDirectories(data());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + data(), e);
    }
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    args.addAll(List.of("--dir", data().toString(), "--logfile", "redis.log"));
    // Snapshots would keep a server alive whose folder is gone; the append-only file is enough.
    args.addAll(List.of("--save", "", "--appendonly", "yes"));
    args.addAll(List.of("--maxmemory-policy", "noeviction"));
    args.addAll(extraArgs);
    return RedisProcess.launch(folder, binary, port, args);
  }

  /** Ends the server and removes its data. */
  @Override
  public void close() {
    lock.lock();
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    TemporaryFolder.delete(folder);
  }
}
