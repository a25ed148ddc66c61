package dev.mystical.scanner.benchmarks.stub;

/**
 * A task, which goes up the ladder of states as on Fargate and then runs for ever.
 *
 * @param request the text of its RunTask
 * @param launched epoch ms
 */
record StubTask(String arn, String startedBy, String request, long launched) {
  private static final long PENDING = 5_000;
  private static final long RUNNING = 25_000;

  String status(long now) {
    long age = now - launched;
    return age < PENDING ? "PROVISIONING" : age < RUNNING ? "PENDING" : "RUNNING";
  }

  boolean started(long now) {
    return now - launched >= RUNNING;
  }

  long startedAt() {
    return launched + RUNNING;
  }
}
