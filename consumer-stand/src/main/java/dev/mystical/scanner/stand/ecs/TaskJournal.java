package dev.mystical.scanner.stand.ecs;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every task ever launched, the newest ones in detail. Guarded by the account's lock. */
final class TaskJournal {

  private final int capacity;
  private final Map<String, LaunchedTask> tasks = new LinkedHashMap<>();
  private long launched;

  TaskJournal(int capacity) {
    this.capacity = capacity;
  }

  void launched(StandTask task) {
    launched++;
    tasks.put(task.arn(), LaunchedTask.of(task));
    Iterator<LaunchedTask> oldest = tasks.values().iterator();
    while (tasks.size() > capacity) {
      oldest.next();
      oldest.remove();
    }
  }

  void changed(StandTask task) {
    tasks.computeIfPresent(task.arn(), (arn, old) -> LaunchedTask.of(task));
  }

  /** How many there ever were. */
  long count() {
    return launched;
  }

  List<LaunchedTask> tasks() {
    return List.copyOf(tasks.values());
  }
}
