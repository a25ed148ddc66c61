package dev.mystical.scanner.app.reconcile;

/**
 * What sweeps came upon and did.
 *
 * @param tasks of ours, be they running or stopped
 * @param rebuilt scans that were written anew
 * @param noted scans that learned of a task
 * @param stopped tasks that ECS was asked to stop
 * @param left scans that could not be dealt with
 */
record Tally(int tasks, int rebuilt, int noted, int stopped, int left) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0);
  static final Tally REBUILT = new Tally(0, 1, 0, 0, 0);
  static final Tally NOTED = new Tally(0, 0, 1, 0, 0);
  static final Tally LEFT = new Tally(0, 0, 0, 0, 1);

  static Tally ofTasks(int number) {
    return new Tally(number, 0, 0, 0, 0);
  }

  static Tally ofStopped(int number) {
    return new Tally(0, 0, 0, number, 0);
  }

  Tally plus(Tally more) {
    return new Tally(
        tasks + more.tasks,
        rebuilt + more.rebuilt,
        noted + more.noted,
        stopped + more.stopped,
        left + more.left);
  }

  /** Whether anything was not as it should be. */
  boolean eventful() {
    return rebuilt + noted + stopped + left > 0;
  }
}
