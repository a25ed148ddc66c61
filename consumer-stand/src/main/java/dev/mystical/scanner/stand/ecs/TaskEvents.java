package dev.mystical.scanner.stand.ecs;

/**
 * Where "ECS Task State Change" events go. Called by one thread, one event at a time; it may block,
 * and what it throws is logged and the event lost, as EventBridge loses one without a dead-letter
 * queue.
 */
@FunctionalInterface
public interface TaskEvents {

  void deliver(String event) throws InterruptedException;

  /** Nobody listens. */
  static TaskEvents nobody() {
    return event -> {};
  }
}
