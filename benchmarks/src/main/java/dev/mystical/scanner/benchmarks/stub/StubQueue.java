package dev.mystical.scanner.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A standard queue: messages are hidden while somebody holds them, come again when he is late, may
 * come twice, and are given up after too many receives. Safe for use by many threads.
 */
public final class StubQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Random random = new Random(0);
  private final StubRules rules;
  // All guarded by lock.
  private final Map<String, Copy> copies = new HashMap<>();
  private final Deque<Copy> visible = new ArrayDeque<>();
  private final PriorityQueue<Hidden> hidden =
      new PriorityQueue<>(Comparator.comparingLong(Hidden::until));
  private final List<String> given = new ArrayList<>();
  private long sent;
  private long hangUps;

  StubQueue(StubRules rules) {
    this.rules = rules;
  }

  /** A message, or its double; guarded by the queue's lock. */
  private static final class Copy {
    private final String key;
    private final Sent message;
    private final boolean doubled;
    private int receives;
    // Counts changes of what is seen of it, so that an older wait means nothing.
    private int version;

    Copy(String key, Sent message, boolean doubled) {
      this.key = key;
      this.message = message;
      this.doubled = doubled;
    }
  }

  private record Hidden(Copy copy, int version, long until) {}

  record Sent(String id, String body, String md5, long at) {}

  record Received(Sent message, String receipt, int receives) {}

  /** Sends a message and tells its id. */
  public String send(String body) {
    lock.lock();
    try {
      Sent message = new Sent("m-" + sent++, body, md5(body), System.currentTimeMillis());
      Copy copy = new Copy(message.id(), message, false);
      copies.put(copy.key, copy);
      visible.add(copy);
      arrived.signal();
      return message.id();
    } finally {
      lock.unlock();
    }
  }

  List<Received> receive(int max, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    lock.lockInterruptibly();
    try {
      long begun = hangUps;
      while (true) {
        long now = System.nanoTime();
        if (begun != hangUps) {
          return List.of();
        }
        wake(now);
        List<Received> received = take(max, now);
        if (!received.isEmpty() || now - deadline >= 0) {
          return received;
        }
        long left = deadline - now;
        @Nullable Hidden next = hidden.peek();
        if (next != null) {
          left = Math.clamp(next.until() - now, 1, left);
        }
        long unused = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends all receives that wait, without a message: those of a process that is gone would else get
   * the next one.
   */
  public void hangUp() {
    lock.lock();
    try {
      hangUps++;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake(long now) {
    for (@Nullable Hidden next = hidden.peek();
        next != null && next.until() - now <= 0;
        next = hidden.peek()) {
      Hidden due = hidden.remove();
      if (due.version() == due.copy().version && copies.containsKey(due.copy().key)) {
        due.copy().version++;
        visible.add(due.copy());
      }
    }
  }

  private List<Received> take(int max, long now) {
    List<Received> received = new ArrayList<>();
    while (received.size() < max && !visible.isEmpty()) {
      Copy copy = visible.remove();
      if (!copies.containsKey(copy.key)) {
        continue;
      }
      if (copy.receives >= rules.maxReceives()) {
        copies.remove(copy.key);
        given.add(copy.message.body());
        continue;
      }
      copy.receives++;
      hide(copy, now + rules.visibility().toNanos());
      received.add(new Received(copy.message, copy.key + "." + copy.receives, copy.receives));
      if (copy.receives == 1 && !copy.doubled && random.nextDouble() < rules.duplicates()) {
        Copy twin = new Copy(copy.key + "-again", copy.message, true);
        copies.put(twin.key, twin);
        hide(twin, now + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1, 500)));
      }
    }
    return received;
  }

  private void hide(Copy copy, long until) {
    copy.version++;
    hidden.add(new Hidden(copy, copy.version, until));
    // Who waits for the next one to wake may have to wake earlier.
    arrived.signal();
  }

  /** Forgets a message, also by an older receipt, and one that is gone. */
  void delete(String receipt) {
    lock.lock();
    try {
      copies.remove(key(receipt));
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody holds it, so that his hold could be changed. */
  boolean hold(String receipt, Duration time) {
    lock.lock();
    try {
      Copy copy = copies.get(key(receipt));
      if (copy == null || visible.contains(copy)) {
        return false;
      }
      hide(copy, System.nanoTime() + time.toNanos());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static String key(String receipt) {
    return receipt.substring(0, Math.max(0, receipt.lastIndexOf('.')));
  }

  /** The messages that are not deleted, whether hidden or not. */
  public int size() {
    lock.lock();
    try {
      return copies.size();
    } finally {
      lock.unlock();
    }
  }

  /** The bodies of these messages. */
  public List<String> left() {
    lock.lock();
    try {
      return copies.values().stream().map(copy -> copy.message.body()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The bodies of those that went to the dead-letter queue. */
  public List<String> deadLetters() {
    lock.lock();
    try {
      return List.copyOf(given);
    } finally {
      lock.unlock();
    }
  }

  private static String md5(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
