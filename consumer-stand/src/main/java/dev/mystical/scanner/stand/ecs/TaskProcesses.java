package dev.mystical.scanner.stand.ecs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts containers' processes and ends all of them with the stand.
 *
 * <p>Where {@code setpriv} is there, a process also dies when this JVM is killed: the kernel sends
 * it SIGKILL when the <em>thread</em> that started it ends, so all are started by one platform
 * thread that lives as long as this object. Where {@code setsid} is there, each is a group of its
 * own, so that what it started is found at its end.
 */
final class TaskProcesses implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TaskProcesses.class);

  private final Set<TaskProcess> alive = ConcurrentHashMap.newKeySet();
  private final ExecutorService spawner =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("ecs-spawner").factory());
  private final Thread atExit = new Thread(this::killAll, "ecs-kill-at-exit");
  private volatile boolean closed;

  /** Hears what becomes of a process; called on threads of this class, holding no lock. */
  interface Listener {
    void started(TaskProcess process);

    void failed(String reason);

    void ended(int exitCode);
  }

  /** What is to run: its whole environment, its work folder, its log. */
  record Start(List<String> line, Map<String, String> environment, Path folder, Path logFile) {}

  TaskProcesses() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void start(Start start, Listener listener) {
    try {
      spawner.execute(() -> spawn(start, listener));
    } catch (RejectedExecutionException e) {
      log.debug("event=stand-start-refused reason=closed", e);
    }
  }

  private void spawn(Start start, Listener listener) {
    try {
      Files.createDirectories(start.folder());
      if (find(start.line().getFirst(), start.folder()).isEmpty()) {
        listener.failed(
            "CannotStartContainerError: exec: \"" + start.line().getFirst() + "\": not found");
        return;
      }
      List<String> line = new ArrayList<>(Prefix.WORDS);
      line.addAll(start.line());
      ProcessBuilder builder =
          new ProcessBuilder(line).directory(start.folder().toFile()).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(inherited());
      builder.environment().putAll(start.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      TaskProcess started = new TaskProcess(process, Prefix.GROUP, start.logFile());
      alive.add(started);
      if (closed) {
        started.kill();
      }
      listener.started(started);
      var unused =
          Thread.ofVirtual()
              .name("container-" + process.pid())
              .start(() -> await(started, listener));
    } catch (IOException | RuntimeException e) {
      log.warn("event=stand-start-failed program={}", start.line().getFirst(), e);
      listener.failed("CannotStartContainerError: " + e.getMessage());
    }
  }

  private void await(TaskProcess process, Listener listener) {
    try {
      int code = process.awaitEnd();
      alive.remove(process);
      listener.ended(code);
    } catch (InterruptedException e) {
      log.debug("event=stand-process-left pid={}", process.pid());
    }
  }

  /** Of our own environment a container sees where programs are, and no more. */
  private static Map<String, String> inherited() {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : List.of("PATH", "HOME")) {
      String value = System.getenv(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    kept.put("JAVA_HOME", System.getProperty("java.home", ""));
    return kept;
  }

  /** A program by its path, or by its name on PATH. */
  private static Optional<Path> find(String program, Path folder) {
    if (program.contains("/")) {
      return Optional.of(folder.resolve(program)).filter(Files::isExecutable);
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void killAll() {
    closed = true;
    alive.forEach(TaskProcess::kill);
  }

  /**
   * Kills every process that was started here and waits, at most ten seconds, until they are gone.
   */
  @Override
  public void close() {
    closed = true;
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      log.debug("event=stand-closed-at-exit", e);
    }
    killAll();
    // Only now: the end of the spawning thread would kill them without a trace.
    spawner.shutdown();
    try {
      if (!spawner.awaitTermination(10, TimeUnit.SECONDS)) {
        spawner.shutdownNow();
      }
      killAll();
      for (TaskProcess process : alive) {
        process.awaitGone();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The words before a command that tie its life to ours. */
  private static final class Prefix {
    static final boolean GROUP = works("setsid", "true");
    static final List<String> WORDS = words();

    private static List<String> words() {
      List<String> words = new ArrayList<>();
      if (works("setpriv", "--pdeathsig", "KILL", "true")) {
        words.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
      }
      if (GROUP) {
        words.add("setsid");
      }
      return words;
    }

    private static boolean works(String... line) {
      try {
        Process trial =
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
      } catch (IOException e) {
        log.info("event=stand-without program={} reason={}", line[0], e.getMessage());
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
