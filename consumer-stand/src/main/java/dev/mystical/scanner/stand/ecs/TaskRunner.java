package dev.mystical.scanner.stand.ecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a task's containers into processes, each in a folder of its own, and hears of their ends.
 * Called under the account's lock; whatever waits does so on other threads.
 */
final class TaskRunner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  private final Account account;
  private final Path root;
  private final boolean ownRoot;
  private final TaskProcesses processes = new TaskProcesses();
  private final ExecutorService chores =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ecs-chore-", 0).factory());

  TaskRunner(Account account) {
    this.account = account;
    this.ownRoot = account.settings().givenFolder().isEmpty();
    this.root = account.settings().givenFolder().orElseGet(TaskRunner::temporary);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("local-ecs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder(String taskId) {
    return root.resolve(taskId);
  }

  Path folder(String taskId, String container) {
    return folder(taskId).resolve(container);
  }

  Path logFile(String taskId, String container) {
    return folder(taskId).resolve(container + ".log");
  }

  /** Starts all containers; the task runs when the last one has started. */
  void start(StandTask task, TaskLife life) {
    List<StandContainer> real =
        task.containers().stream()
            .filter(container -> container.work() instanceof ContainerWork.Command)
            .toList();
    if (real.isEmpty()) {
      life.runs(task);
      return;
    }
    Starting starting = new Starting(task, life, task.plan(), real.size());
    for (StandContainer container : real) {
      if (container.work() instanceof ContainerWork.Command command) {
        Map<String, String> environment = new LinkedHashMap<>(container.spec().environment());
        String name = container.spec().name();
        processes.start(
            new TaskProcesses.Start(
                command.line(), environment, folder(task.id(), name), logFile(task.id(), name)),
            starting.listenerOf(container));
      }
    }
  }

  /** Not under the lock of whoever waits for the process. */
  void kill(TaskProcess process) {
    chore(() -> {
      if (process.alive()) {
        process.kill();
      }
    });
  }

  void killAll(StandTask task) {
    for (StandContainer container : task.containers()) {
      TaskProcess process = container.process();
      if (process != null) {
        kill(process);
      }
    }
  }

  /** The task has expired: its folder goes. */
  void forget(StandTask task) {
    chore(() -> delete(folder(task.id())));
  }

  private void chore(Runnable action) {
    try {
      chores.execute(action);
    } catch (RejectedExecutionException e) {
      log.debug("event=stand-chore-refused reason=closed", e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("event=stand-folder-stays folder={} reason={}", folder, e.toString());
    }
  }

  @Override
  public void close() {
    processes.close();
    chores.close();
    if (ownRoot) {
      delete(root);
    }
  }

  /** The start of one task's containers. Its fields are guarded by the account's lock. */
  private final class Starting {
    private final StandTask task;
    private final TaskLife life;
    private final int plan;
    private int missing;

    Starting(StandTask task, TaskLife life, int plan, int missing) {
      this.task = task;
      this.life = life;
      this.plan = plan;
      this.missing = missing;
    }

    TaskProcesses.Listener listenerOf(StandContainer container) {
      return new TaskProcesses.Listener() {
        @Override
        public void started(TaskProcess process) {
          locked(() -> begun(container, process));
        }

        @Override
        public void failed(String reason) {
          locked(() -> broken(reason));
        }

        @Override
        public void ended(int exitCode) {
          locked(() -> life.exited(task, container, exitCode, ""));
        }
      };
    }

    private void begun(StandContainer container, TaskProcess process) {
      if (task.plan() != plan) {
        // Stopped while it started.
        kill(process);
        return;
      }
      container.runsAs(process);
      if (--missing == 0) {
        life.runs(task);
      }
    }

    private void broken(String reason) {
      if (task.plan() != plan) {
        return;
      }
      killAll(task);
      life.failToStart(task, reason);
    }

    private void locked(Runnable action) {
      account.locked(() -> {
        action.run();
        return task;
      });
    }
  }
}
