package dev.mystical.scanner.benchmarks.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program under test as a process of its own, and what the system knows of it. */
final class Program implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final int TAIL = 3_000;

  /** What finds programs, and what lets options of our JVM be tried. */
  private static final List<String> KEPT =
      List.of("PATH", "HOME", "TMPDIR", "SCANNER_JAVA_OPTIONS", "SCANNER_START_CACHE");

  /** Linux tells CPU times in hundredths of a second, whatever its own clock. */
  private static final double TICK_MILLIS = 10;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Process process;
  private final Path output;
  private final long startedAt;

  private Program(Process process, Path output, long startedAt) {
    this.process = process;
    this.output = output;
    this.startedAt = startedAt;
  }

  /**
   * Starts it.
   *
   * @param folder empty; the program works and writes there
   * @param environment all that it has, but for what finds programs
   */
  static Program start(List<String> command, Path folder, Map<String, String> environment) {
    Path output = folder.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Map<String, String> all = builder.environment();
    all.keySet().retainAll(KEPT);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.putAll(environment);
    try {
      long startedAt = System.nanoTime();
      return new Program(builder.start(), output, startedAt);
    } catch (IOException e) {
      throw new CannotMeasure("cannot start " + command.getFirst(), e);
    }
  }

  /** When it was started, on this process's nano clock. */
  long startedAt() {
    return startedAt;
  }

  /** User and system time of all its threads so far, in ms. */
  double cpuMillis() {
    String stat = read("stat");
    // The name, in brackets, may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_MILLIS;
  }

  /** What it has in memory, in MB. */
  double residentMegabytes() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1_024)
        .findFirst()
        .orElseThrow(() -> new CannotMeasure("no VmRSS"));
  }

  private String read(String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
    } catch (IOException e) {
      throw new CannotMeasure("it has ended; it said: " + said(), e);
    }
  }

  /** Waits until something holds, which is looked at often and so must be cheap to tell. */
  void await(String what, BooleanSupplier holds, Duration atMost) throws InterruptedException {
    if (!holdsWithin(holds, atMost)) {
      throw new CannotMeasure(
          "not within %d s: %s; it said: %s".formatted(atMost.toSeconds(), what, said()));
    }
  }

  /** Waits until something holds or the time is over, and tells which. */
  boolean holdsWithin(BooleanSupplier holds, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!holds.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new CannotMeasure("it ended with " + process.exitValue() + "; it said: " + said());
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK);
    }
    return true;
  }

  /** The end of its output. */
  String said() {
    String all = output();
    return all.substring(Math.max(0, all.length() - TAIL));
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, and ends it if it does not in time. */
  void terminate(Duration grace) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new CannotMeasure("process " + process.pid() + " does not die");
    }
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
