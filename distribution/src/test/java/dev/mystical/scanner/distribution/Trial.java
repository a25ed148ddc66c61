package dev.mystical.scanner.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Lets a server do its main job, whatever command starts it: scans from SQS, through ECS, to their
 * end, and a drained stop. As a program it prints what that took: {@code Trial NAME ROUNDS
 * COMMAND…}; the environment of the command has all settings, and {@code TRIAL_PROBE} may name a
 * shell command that has to succeed beside the running server.
 */
final class Trial {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);
  private static final int SCANS = 20;

  /**
   * How it went.
   *
   * @param started from the command to the listening server
   * @param firstRun from the command to the end of the first run
   */
  record Result(Duration started, Duration firstRun, long residentKib) {}

  private Trial() {}

  /** Throws AssertionError unless every scan succeeds and the server ends with 0 in time. */
  static Result run(
      TrialStand stand, List<String> command, Map<String, String> environment, Path folder)
      throws InterruptedException {
    stand.send(SCANS);
    try (Served served = Served.start(command, environment, folder)) {
      Served.Line started = served.await(1, line -> line.contains("event=started"), PATIENCE);
      Served.Line first = served.await(1, Trial::succeeded, PATIENCE);
      served.await(SCANS, Trial::succeeded, PATIENCE);
      probe(environment);
      long resident = served.residentKib();
      int exit = served.stop(LONGEST_STOP);
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + "; it said:\n" + served.said());
      }
      return new Result(started.after(), first.after(), resident);
    }
  }

  private static boolean succeeded(String line) {
    return line.contains("event=run-ended") && line.contains("status=SUCCEEDED");
  }

  private static void probe(Map<String, String> environment) throws InterruptedException {
    String probe = environment.getOrDefault("TRIAL_PROBE", "");
    if (probe.isEmpty()) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", probe).inheritIO();
    builder.environment().putAll(environment);
    try {
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new AssertionError("the probe ended with " + exit);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @SuppressWarnings("SystemOut") // it answers a script
  public static void main(String[] arguments) throws InterruptedException, IOException {
    String name = arguments[0];
    int rounds = Integer.parseInt(arguments[1]);
    List<String> command = List.of(arguments).subList(2, arguments.length);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      try (TrialStand stand = new TrialStand()) {
        Map<String, String> environment = stand.environment();
        environment.put("HTTP_PORT", Integer.toString(freePort()));
        System.getenv()
            .forEach((variable, value) -> {
              if (variable.matches("PATH|TRIAL_.*|SCANNER_.*|SPOOL_DIR|JAVA_HOME")) {
                environment.put(variable, value);
              }
            });
        results.add(run(stand, command, environment, Path.of("").toAbsolutePath()));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-34s started %5d ms   first run ended %5d ms   RSS %4d MiB   (median of %d, %d scans each)%n",
        name,
        median(results, it -> it.started().toMillis()),
        median(results, it -> it.firstRun().toMillis()),
        median(results, it -> it.residentKib() / 1024),
        rounds,
        SCANS);
    System.exit(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static long median(List<Result> results, ToLongFunction<Result> number) {
    return results.stream().mapToLong(number).sorted().toArray()[results.size() / 2];
  }
}
