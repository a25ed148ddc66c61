package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code java -jar consumer-app.jar} as its users start it, in a folder of its own, with an
 * environment of nothing but what it is given.
 */
final class Replica implements AutoCloseable {
  private static final Path JAR = Path.of("target", "consumer-app.jar").toAbsolutePath();
  private static final int KEPT = 20_000;

  private final Process process;
  private final Thread reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private Replica(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().name("replica-output").start(this::read);
  }

  /**
   * Starts a command; {@code environment} is all the environment it has, but for the JVM's needs.
   */
  static Replica start(Path folder, Map<String, String> environment, String... arguments) {
    return startWith("", folder, environment, arguments);
  }

  /** The same with something on its standard input, which then ends. */
  static Replica startWith(
      String input, Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // As under systemd or in a container: nobody is there to type any more.
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      }
      return new Replica(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line of its output; throws if it ends before, or takes too long. */
  String awaitLine(Predicate<String> wanted, Duration atMost) throws InterruptedException {
    return awaitLine(0, wanted, atMost);
  }

  /** The same, for lines that came after so many others. */
  String awaitLine(int after, Predicate<String> wanted, Duration atMost)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      int seen = after;
      long left = atMost.toNanos();
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (wanted.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        if (ended || left <= 0) {
          throw new AssertionError(
              (ended ? "it ended" : "nothing came") + "; it said:\n" + String.join("\n", lines));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it receives. */
  Replica ready() throws InterruptedException {
    awaitLine(line -> line.contains("event=queue-ready"), Duration.ofSeconds(60));
    return this;
  }

  List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  /** Where it listens. */
  URI address() throws InterruptedException {
    String line = awaitLine(it -> it.contains("api listening on http"), Duration.ofSeconds(60));
    return URI.create(line.substring(line.indexOf("http://")).replaceFirst("[\"}]+$", ""));
  }

  /** What it answers to a GET. */
  HttpResponse<String> get(String path) throws InterruptedException {
    URI address = address();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its metrics without labels, by name. */
  Map<String, Long> metrics() throws InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("{"))
        .map(line -> line.split(" ", -1))
        .collect(Collectors.toMap(line -> line[0], line -> (long) Double.parseDouble(line[1])));
  }

  /** Sends a signal by its short name, such as {@code INT}. */
  void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // By the handle: the process itself closes its output when it is destroyed, last words and all.
  void sigterm() {
    process.toHandle().destroy();
  }

  void sigkill() {
    process.toHandle().destroyForcibly();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end and gives its exit code. */
  int exitCode(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + atMost + "; it said:\n" + text());
    }
    reader.join();
    return process.exitValue();
  }

  String text() {
    return String.join("\n", lines());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("output lost: " + e);
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

  private void add(String line) {
    lock.lock();
    try {
      if (lines.size() < KEPT) {
        lines.add(line);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
