package dev.mystical.scanner.app.system;

import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Task events for listeners that come when the local ECS is there already. */
final class LateTaskEvents implements TaskEvents {
  private final List<TaskEvents> listeners = new CopyOnWriteArrayList<>();

  void add(TaskEvents listener) {
    listeners.add(listener);
  }

  @Override
  public void deliver(String event) throws InterruptedException {
    for (TaskEvents listener : listeners) {
      listener.deliver(event);
    }
  }
}
