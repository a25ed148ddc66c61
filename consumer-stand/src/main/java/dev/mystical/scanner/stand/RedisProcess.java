package dev.mystical.scanner.stand;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of redis-server under a small shell.
 *
 * <p>The shell holds our end of a pipe as its input. When this process dies, even by SIGKILL, the
 * system closes the pipe, the shell reads its end, kills the server and removes its folder. A shut
 * down hook could not do that, and an orphaned server would keep its port and folder for ever.
 */
final class RedisProcess {

  private static final Duration READY_DEADLINE = Duration.ofSeconds(20);
  private static final int ANSWER_MILLIS = 1_000;
  private static final int LOG_TAIL = 2_000;

  // $1 is the folder, the rest is the command. A command in the background gets no input unless
  // told, hence descriptor 3. The first line of output is the server's process id.
  private static final String KEEPER =
      """
      folder=$1; shift
      exec 3<&0
      "$@" </dev/null >/dev/null 2>&1 3<&- &
      server=$!
      echo $server
      { read -r _ <&3; trap '' TERM; kill -9 $server; rm -rf "$folder"; } >/dev/null 2>&1 &
      watcher=$!
      exec 3<&- >/dev/null 2>&1
      wait $server
      kill $watcher
      """;

  /** The port was taken between its choice and the start. */
  static final class PortTaken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PortTaken(String message) {
      super(message);
    }
  }

  private final Process keeper;
  private final ProcessHandle server;

  private RedisProcess(Process keeper, ProcessHandle server) {
    this.keeper = keeper;
    this.server = server;
  }

  /** Starts the server and waits until it answers a PING. */
  static RedisProcess launch(Path folder, Path binary, int port, List<String> args)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", KEEPER, "redis-keeper", folder.toString()));
    command.add(binary.toString());
    command.addAll(args);
    Path log = folder.resolve("data").resolve("redis.log");
    try {
      Files.deleteIfExists(log);
      Process keeper =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      RedisProcess process = new RedisProcess(keeper, serverOf(keeper));
      process.awaitReady(port, log);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary, e);
    }
  }

  private static ProcessHandle serverOf(Process keeper) throws IOException {
    BufferedReader output = keeper.inputReader(StandardCharsets.US_ASCII);
    String pid = output.readLine();
    if (pid == null) {
      throw new IOException("the shell has not started the server");
    }
    // A server that is gone already has no handle; the shell's end then tells.
    return ProcessHandle.of(Long.parseLong(pid)).orElse(keeper.toHandle());
  }

  private void awaitReady(int port, Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_DEADLINE.toNanos();
    while (!answers(port)) {
      // The wait between two questions ends early when the server does.
      if (keeper.waitFor(10, TimeUnit.MILLISECONDS)) {
        String said = tail(log);
        if (said.contains("Address already in use")) {
          throw new PortTaken("port " + port + " was taken");
        }
        throw new IllegalStateException("redis-server ended at its start: " + said);
      }
      if (System.nanoTime() - deadline > 0) {
        kill(READY_DEADLINE);
        throw new IllegalStateException("redis-server does not answer: " + tail(log));
      }
    }
  }

  /** True for any answer of a server that serves; -NOAUTH is one, -LOADING is not. */
  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
      return answer.equals("+PONG") || answer.equals("-NOAU");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String tail(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "it has written no log";
    }
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - LOG_TAIL));
  }

  void signal(String name) throws InterruptedException {
    try {
      Process kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + server.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("the server has ended by itself");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + name, e);
    }
  }

  void terminate(Duration limit) throws InterruptedException {
    server.destroy();
    if (!keeper.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill(limit);
    }
  }

  void kill(Duration limit) throws InterruptedException {
    server.destroyForcibly();
    if (!keeper.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      keeper.destroyForcibly();
      throw new IllegalStateException("redis-server " + server.pid() + " does not die");
    }
  }
}
