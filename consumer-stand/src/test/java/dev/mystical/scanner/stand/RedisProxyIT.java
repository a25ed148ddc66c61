package dev.mystical.scanner.stand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisProxyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RedisServer redis;
  private RedisProxy proxy;

  @BeforeEach
  void start() throws InterruptedException {
    redis = RedisServer.start();
    proxy = RedisProxy.before(redis.uri());
  }

  @AfterEach
  void close() {
    proxy.close();
    redis.close();
  }

  @Test
  void passesOnWhatItIsNotToldToHold() throws IOException {
    try (Client client = new Client(proxy.uri())) {
      assertThat(client.ask("SET", "scan", "a\r\nb")).isEqualTo("+OK");
      assertThat(client.ask("STRLEN", "scan")).isEqualTo(":4");
    }
  }

  @Test
  void aCommandThatIsHeldBeforeIsNeverSeenIfItsClientDies()
      throws IOException, InterruptedException {
    RedisHold hold = proxy.hold(RedisHold.Where.BEFORE, RedisProxyIT::isSet);
    try (Client client = new Client(proxy.uri())) {
      client.send("SET", "scan", "7");
      hold.awaitReached(PATIENCE);
    }
    try (Client other = new Client(proxy.uri())) {
      assertThat(other.ask("EXISTS", "scan")).isEqualTo(":0");
      assertThat(other.ask("SET", "scan", "8")).as("one is held, no other").isEqualTo("+OK");
    }
  }

  @Test
  void aCommandThatIsHeldBeforeGoesOnOnceItIsReleased() throws IOException, InterruptedException {
    RedisHold hold = proxy.hold(RedisHold.Where.BEFORE, RedisProxyIT::isSet);
    try (Client client = new Client(proxy.uri())) {
      client.send("SET", "scan", "7");
      hold.awaitReached(PATIENCE);
      hold.release();

      assertThat(client.answer()).isEqualTo("+OK");
    }
  }

  @Test
  void aCommandWhoseAnswerIsHeldWasCarriedOut() throws IOException, InterruptedException {
    RedisHold hold = proxy.hold(RedisHold.Where.ANSWER, RedisProxyIT::isSet);
    try (Client client = new Client(proxy.uri());
        Client other = new Client(proxy.uri())) {
      assertThat(client.ask("SET", "scan")).as("a refused one is not it").startsWith("-ERR");
      client.send("SET", "scan", "7");
      hold.awaitReached(PATIENCE);
      assertThat(other.ask("EXISTS", "scan")).isEqualTo(":1");
    }
  }

  private static boolean isSet(List<String> command) {
    return command.getFirst().equals("SET");
  }

  /** Says commands as a Redis client does. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    Client(URI redis) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), redis.getPort());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void send(String... words) throws IOException {
      socket.getOutputStream().write(RedisCommands.bytes(List.of(words)));
    }

    String answer() throws IOException {
      return String.valueOf(answers.readLine());
    }

    String ask(String... words) throws IOException {
      send(words);
      return answer();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
