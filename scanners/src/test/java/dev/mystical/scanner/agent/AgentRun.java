package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of the agent in a process of its own, with the variables of a container alone. */
final class AgentRun implements AutoCloseable {
  static final Path SCANNERS = Path.of("").toAbsolutePath();
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String END = "\0";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Queue<String> output = new ConcurrentLinkedQueue<>();

  private AgentRun(Process process) {
    this.process = process;
    Thread.ofVirtual().name("agent-output").start(this::read);
  }

  /** The interpreters of this machine that scanners' images may have as their sh. */
  static Stream<String> shells() {
    return Stream.of("dash", "busybox", "bash").filter(Programs::exists);
  }

  /** Starts the agent under the machine's own sh. */
  static AgentRun start(Path folder, Map<String, String> variables, String... command)
      throws IOException {
    return start("sh", folder, variables, command);
  }

  /**
   * Starts the agent.
   *
   * @param shell what interprets it
   * @param folder a folder for what it writes
   */
  static AgentRun start(String shell, Path folder, Map<String, String> variables, String... command)
      throws IOException {
    return start(install(shell, folder), folder, variables, command);
  }

  /** Starts a copy of the agent. */
  static AgentRun start(Path agent, Path folder, Map<String, String> variables, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(agent.toString(), "--");
    builder.command().addAll(List.of(command));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = new HashMap<>(Tls.trust());
    environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
    environment.putAll(variables);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new AgentRun(process);
  }

  private static Path install(String shell, Path folder) throws IOException {
    Path source = SCANNERS.resolve("agent");
    if (shell.equals("sh")) {
      return source.resolve("agent");
    }
    Path copy = Files.createDirectories(folder.resolve("agent-" + shell));
    String program = Programs.run(folder, Map.of(), List.of("sh", "-c", "command -v " + shell));
    String first = "#!" + program.strip() + (shell.equals("busybox") ? " sh" : "") + "\n";
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file).replaceFirst("^#!/bin/sh\n", first);
        Path to = Files.writeString(copy.resolve(file.getFileName().toString()), text);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    return copy.resolve("agent");
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lines.add(END);
    }
  }

  /** Waits until it prints a line with this in it. */
  void awaitLine(String part) throws InterruptedException {
    String line;
    do {
      line = lines.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
      assertThat(line).as("a line with '%s' in: %s", part, output()).isNotNull().isNotEqualTo(END);
    } while (!line.contains(part));
  }

  /** What a stopping task gets. */
  void terminate() {
    // Not the process's own method, which would close its output as well.
    assertThat(process.toHandle().destroy()).isTrue();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  /** All that it has printed; after its end, all that it ever does. */
  String output() {
    return String.join("\n", output);
  }

  /** Waits for its end, and until nothing of it holds its output open any more. */
  AgentRun ended(int exitCode) throws InterruptedException {
    assertThat(exitCode()).as(output()).isEqualTo(exitCode);
    String line;
    do {
      line = lines.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
      assertThat(line).as("the end of the output of processes that it left behind").isNotNull();
    } while (!line.equals(END));
    return this;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
