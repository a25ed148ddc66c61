package dev.mystical.scanner.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.stand.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisConnectionIT {
  private final List<RedisState> told = Collections.synchronizedList(new ArrayList<>());
  private final MovableClock clock = new MovableClock();
  private RedisServer server;
  private RedisConnection connection;

  @BeforeEach
  void start() throws InterruptedException {
    server = RedisServer.start(List.of("--requirepass", "open-sesame"));
    connection = open("redis://:open-sesame@127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    connection.close();
    server.close();
  }

  @Test
  void eachChangeIsToldOnceHoweverManyCallsFail() throws InterruptedException, ExecutionException {
    askedByMany();
    server.stop();
    assertThat(askedByMany()).as("answers").isZero();
    assertThat(connection.state()).isInstanceOf(RedisState.Away.class);
    server.restart();
    askedByMany();
    assertThat(askedByMany()).isEqualTo(50);

    assertThat(told).hasExactlyElementsOfTypes(RedisState.Away.class, RedisState.Answering.class);
    assertThat(connection.state()).isEqualTo(told.getLast());
  }

  @Test
  void aConnectionThatWasCutIsNoAbsence() throws InterruptedException, ExecutionException {
    askedByMany();
    server.restart();

    assertThatThrownBy(this::ping).isInstanceOf(LedgerUnavailable.class);
    assertThat(connection.state()).isInstanceOf(RedisState.Answering.class);
    // All idle ones were given up, and not only the one that was found cut.
    assertThat(askedByMany()).isEqualTo(50);
    assertThat(told).isEmpty();
  }

  @Test
  void aFrozenRedisCostsSecondsAndNotForEver() throws InterruptedException {
    ping();
    server.pause();
    long start = System.nanoTime();

    assertThatThrownBy(this::ping).isInstanceOf(LedgerUnavailable.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    server.resume();
    assertThat(told).hasExactlyElementsOfTypes(RedisState.Away.class);
  }

  @Test
  void aFullRedisIsAway() throws InterruptedException {
    connection.ask(it -> it.configSet("maxmemory", "1"));

    assertThatThrownBy(() -> connection.ask(it -> it.set("key", "value")))
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining("OOM");

    assertThat(connection.state()).isInstanceOf(RedisState.Away.class);
    // It still answers reads, which makes it no better.
    ping();
    assertThat(connection.state()).isInstanceOf(RedisState.Away.class);
    connection.ask(it -> it.configSet("maxmemory", "0"));
    clock.advance(Duration.ofSeconds(5));
    ping();
    assertThat(told).hasExactlyElementsOfTypes(RedisState.Away.class, RedisState.Answering.class);
  }

  @Test
  void aWrongCommandDoesNotMakeItAway() {
    assertThatThrownBy(() -> connection.ask(it -> it.eval("nonsense")))
        .isInstanceOf(LedgerUnavailable.class);

    assertThat(connection.state()).isInstanceOf(RedisState.Answering.class);
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() throws InterruptedException {
    try (RedisConnection wrong = open("redis://:wrong-sesame@127.0.0.1:" + server.port())) {
      assertThatThrownBy(() -> wrong.ask(it -> it.get("key")))
          .isInstanceOf(LedgerUnavailable.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong-sesame");
      assertThat(wrong.state()).isInstanceOf(RedisState.Away.class);
    }
  }

  @Test
  void anInterruptEndsACallAndIsNoFailure() throws InterruptedException {
    FutureTask<Throwable> outcome =
        new FutureTask<>(() -> {
          try {
            connection.ask(it -> it.blpop(60, "nothing"));
            return new AssertionError("was not interrupted");
          } catch (InterruptedException e) {
            return e;
          }
        });
    Thread caller = Thread.ofVirtual().start(outcome);
    ping();
    caller.interrupt();

    assertThat(outcome)
        .succeedsWithin(Duration.ofSeconds(5))
        .isInstanceOf(InterruptedException.class);
    assertThat(told).isEmpty();
  }

  /** How many of fifty calls at once are answered. */
  private int askedByMany() throws InterruptedException, ExecutionException {
    int answered = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(threads.submit(() -> ping()));
      }
      for (Future<Boolean> call : calls) {
        try {
          answered += call.get() ? 1 : 0;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(LedgerUnavailable.class);
        }
      }
    }
    return answered;
  }

  private boolean ping() throws InterruptedException {
    return connection.ask(it -> it.ping()).equals("PONG");
  }

  private RedisConnection open(String url) {
    return RedisConnection.open(RedisAddress.parse(url), 8, clock, told::add);
  }
}
