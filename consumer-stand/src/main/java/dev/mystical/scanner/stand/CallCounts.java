package dev.mystical.scanner.stand;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls by action. Many threads; {@code lock} guards the map, {@code counted} tells of changes. */
final class CallCounts {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private final Map<String, Integer> calls = new TreeMap<>();

  void add(String action) {
    lock.lock();
    try {
      calls.merge(action, 1, Integer::sum);
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int of(String action) {
    return all().getOrDefault(action, 0);
  }

  Map<String, Integer> all() {
    lock.lock();
    try {
      return new TreeMap<>(calls);
    } finally {
      lock.unlock();
    }
  }

  void reset() {
    lock.lock();
    try {
      calls.clear();
    } finally {
      lock.unlock();
    }
  }

  boolean await(String action, int least, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (calls.getOrDefault(action, 0) < least) {
        if (left <= 0) {
          return false;
        }
        left = counted.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
