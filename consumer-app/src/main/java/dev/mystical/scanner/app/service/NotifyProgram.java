package dev.mystical.scanner.app.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code systemd-notify}: its socket takes datagrams, which Java cannot send to a path. Its
 * failure is logged when it begins and when it ends. Safe for use by many threads.
 */
final class NotifyProgram {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyProgram.class);

  private final Map<String, String> environment;
  private final Duration deadline;
  private volatile boolean failing;

  /**
   * @param environment all that the program sees of ours, so that it inherits no secret
   */
  NotifyProgram(Map<String, String> environment, Duration deadline) {
    this.environment = Map.copyOf(environment);
    this.deadline = deadline;
  }

  /**
   * Tells systemd these assignments, such as {@code READY=1}, and waits until it has taken them.
   * Answers whether it has; a program that takes too long is killed.
   */
  boolean tell(String... assignments) throws InterruptedException {
    List<String> command = new ArrayList<>();
    try {
      command.add(program());
      command.addAll(List.of(assignments));
      return noted(run(command), command);
    } catch (IOException cannot) {
      return noted(cannot.toString(), command);
    }
  }

  private String program() throws IOException {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, "systemd-notify");
      if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    throw new IOException("no systemd-notify on PATH");
  }

  /** Answers what went wrong; nothing where it is empty. */
  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        return "no end within " + deadline;
      }
      return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private boolean noted(String trouble, List<String> command) {
    boolean fails = !trouble.isEmpty();
    if (fails && !failing) {
      LOG.error("event=systemd-not-told command=\"{}\" reason=\"{}\"", command, trouble);
    } else if (!fails && failing) {
      LOG.info("event=systemd-told-again");
    }
    failing = fails;
    return !fails;
  }
}
