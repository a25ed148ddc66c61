package dev.mystical.scanner.stand.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container as a process of this machine. Its output goes into a log file that stops growing at
 * {@link #MOST_LOG}, while the process writes on.
 */
final class TaskProcess {

  /** Bytes of a container's log. */
  static final long MOST_LOG = 8L << 20;

  private static final Logger log = LoggerFactory.getLogger(TaskProcess.class);
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

  private final Process process;
  private final boolean ownGroup;
  private final Thread pump;

  TaskProcess(Process process, boolean ownGroup, Path logFile) {
    this.process = process;
    this.ownGroup = ownGroup;
    // A platform thread: reading a pipe blocks its carrier.
    this.pump =
        Thread.ofPlatform()
            .daemon()
            .name("container-log-" + process.pid())
            .start(() -> copy(process.getInputStream(), logFile));
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGTERM to the container's first process, as ECS does. */
  void terminate() {
    // Not process.destroy(): that closes the output too, and the last words would be lost.
    boolean unused = process.toHandle().destroy();
  }

  /** SIGKILL to all of the container's processes. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    boolean unused = process.toHandle().destroyForcibly();
    killGroup();
  }

  /**
   * Waits for the end, takes what was left behind with it, and gives the exit code: 128 + signal
   * where a signal ended it.
   */
  int awaitEnd() throws InterruptedException {
    int code = process.waitFor();
    killGroup();
    pump.join(LAST_OUTPUT);
    return code;
  }

  /** Waits a few seconds at most. */
  void awaitGone() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      log.warn("event=stand-process-stays pid={}", process.pid());
    }
  }

  /** A container's end is the end of all its processes. */
  private void killGroup() {
    if (!ownGroup) {
      return;
    }
    try {
      Process kill =
          new ProcessBuilder(List.of("kill", "-KILL", "--", "-" + process.pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(5, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      log.warn("event=stand-kill-failed pid={}", process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(InputStream from, Path logFile) {
    byte[] buffer = new byte[8192];
    long left = MOST_LOG;
    try (from;
        OutputStream to = Files.newOutputStream(logFile)) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        int kept = (int) Math.min(left, read);
        to.write(buffer, 0, kept);
        left -= kept;
      }
    } catch (IOException e) {
      log.debug("event=stand-log-ended file={}", logFile, e);
    }
  }
}
