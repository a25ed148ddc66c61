package dev.mystical.scanner.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {

  private static final int ANSWER_MILLIS = 10_000;

  @Test
  void answersAndRefusesToEvict() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start()) {
      assertThat(ask(redis, "PING")).first().isEqualTo("+PONG");
      assertThat(ask(redis, "CONFIG GET maxmemory-policy")).contains("noeviction");
      assertThat(redis.uri().toString()).isEqualTo("redis://127.0.0.1:" + redis.port());
    }
  }

  @Test
  void restartKeepsPortAndData() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start()) {
      int port = redis.port();
      ask(redis, "SET scan 7");

      redis.stop();
      assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(IOException.class);
      redis.restart();

      assertThat(redis.port()).isEqualTo(port);
      assertThat(ask(redis, "GET scan")).contains("7");
    }
  }

  @Test
  void killedServerHasKeptWhatItAnswered() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start()) {
      ask(redis, "SET scan 7");

      redis.kill();
      redis.restart();

      assertThat(ask(redis, "GET scan")).contains("7");
    }
  }

  @Test
  void emptyRestartForgetsEverything() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start()) {
      ask(redis, "SET scan 7");

      redis.restartEmpty();

      assertThat(ask(redis, "GET scan")).first().isEqualTo("$-1");
    }
  }

  @Test
  void pausedServerDoesNotAnswerUntilResumed() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start();
        Socket socket = connect(redis, 300)) {
      redis.pause();
      send(socket, "PING");
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      redis.resume();

      socket.setSoTimeout(ANSWER_MILLIS);
      assertThat(reader(socket).readLine()).isEqualTo("+PONG");
    }
  }

  @Test
  void passwordIsAskedFor() throws IOException, InterruptedException {
    try (RedisServer redis = RedisServer.start(List.of("--requirepass", "sesame"))) {
      assertThat(ask(redis, "PING").getFirst()).startsWith("-NOAUTH");
    }
  }

  @Test
  void wrongArgumentIsReportedWithItsReason() {
    assertThatThrownBy(() -> RedisServer.start(List.of("--maxmemory-policy", "nonsense")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended at its start");
  }

  @Test
  void bundledServerRuns(@TempDir Path folder) throws IOException, InterruptedException {
    Path binary = RedisBinary.unpack(folder);

    assertThat(Files.isExecutable(binary)).isTrue();
    Process version =
        new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
    assertThat(version.inputReader(StandardCharsets.UTF_8).readLine())
        .startsWith("Redis server v=");
    assertThat(version.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** An embedded server used to outlive a JVM that was killed, with its port and its folder. */
  @Test
  void serverDiesWithTheProcessThatStartedIt()
      throws ExecutionException, IOException, InterruptedException, TimeoutException {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                RedisOwner.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path folder = Path.of(parent.inputReader(StandardCharsets.UTF_8).readLine());
    assertThat(folder).exists();
    List<ProcessHandle> descendants = parent.descendants().toList();
    assertThat(descendants).hasSizeGreaterThan(2);

    parent.destroyForcibly();

    for (ProcessHandle descendant : descendants) {
      assertThat(descendant.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }
    assertThat(folder).doesNotExist();
  }

  private static List<String> ask(RedisServer redis, String command) throws IOException {
    try (Socket socket = connect(redis, ANSWER_MILLIS)) {
      send(socket, command);
      send(socket, "QUIT");
      return reader(socket).lines().toList();
    }
  }

  private static Socket connect(RedisServer redis, int answerMillis) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
    socket.setSoTimeout(answerMillis);
    return socket;
  }

  private static void send(Socket socket, String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
