package dev.mystical.scanner.app.system;

import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hears of tasks from the local ECS, which may be long before the replica does. */
final class TaskWatch implements TaskEvents {
  private static final Pattern TASK = Pattern.compile("\"taskArn\"\\s*:\\s*\"([^\"]+)\"");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private final Set<String> tasks = new HashSet<>();

  @Override
  public void deliver(String event) {
    Matcher task = TASK.matcher(event);
    lock.lock();
    try {
      while (task.find()) {
        tasks.add(task.group(1));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until ECS has so many tasks. */
  void await(int count, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (tasks.size() < count) {
        if (left <= 0) {
          throw new AssertionError("%d of %d tasks".formatted(tasks.size(), count));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
