package dev.mystical.scanner.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server that some command started, and what it has said, with the time at which it did. */
final class Served implements AutoCloseable {
  /**
   * A line of its output.
   *
   * @param after how long after the start of the command
   */
  record Line(Duration after, String text) {}

  private final Process process;
  private final long began = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Line> lines = new ArrayList<>();
  private boolean ended;

  private Served(Process process) {
    this.process = process;
  }

  /** Starts a command with this environment and no other. */
  static Served start(List<String> command, Map<String, String> environment, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Served served = new Served(builder.start());
      Thread.ofVirtual().name("served-output").start(served::read);
      return served;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the so-many-th line of this kind. */
  Line await(int count, Predicate<String> wanted, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        List<Line> found = lines.stream().filter(line -> wanted.test(line.text())).toList();
        if (found.size() >= count) {
          return found.get(count - 1);
        }
        if (ended || left <= 0) {
          throw new AssertionError((ended ? "it ended" : "nothing came") + "; it said:\n" + said());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Memory in use, in KiB, of the largest process that the command has become or started. */
  long residentKib() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(Served::residentKib)
        .max()
        .orElse(0);
  }

  private static long residentKib(ProcessHandle handle) {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + handle.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  /** SIGTERM; answers the exit code. */
  int stop(Duration atMost) throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + atMost + "; it said:\n" + said());
    }
    return process.exitValue();
  }

  String said() {
    lock.lock();
    try {
      return String.join("\n", lines.stream().map(Line::text).toList());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(new Line(Duration.ofNanos(System.nanoTime() - began), line));
      }
    } catch (IOException e) {
      add(new Line(Duration.ZERO, "output lost: " + e));
    } finally {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void add(Line line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
