package dev.mystical.scanner.app.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskNewsTest {
  private final RoundBench bench = new RoundBench();
  private final InMemoryScanQueue queue =
      new InMemoryScanQueue(bench.clock, Duration.ofSeconds(30), Optional.empty());
  private final TaskNews news =
      new TaskNews(
          new TaskNews.Parts(queue, TaskNewsTest::parse, bench.timers, bench.feed, bench.counters));

  /** An ARN and a version. */
  private static Optional<TaskEvent> parse(String body) {
    String[] words = body.split(" ", -1);
    return words.length == 2
        ? Optional.of(
            new TaskEvent(
                new TaskArn(words[0]),
                "scans",
                "scan/x/sonar",
                Long.parseLong(words[1]),
                "RUNNING"))
        : Optional.empty();
  }

  @Test
  void anEventMakesItsRunDueNow() throws InterruptedException {
    ScanKey key = bench.launched();
    send(bench.task(key) + " 2");
    news.turn();

    assertThat(bench.ledger.timers().values()).allMatch(due -> !due.isAfter(bench.clock.instant()));
    assertThat(bench.timers.claim(1, RoundBench.LEASE).eventsFlow()).isTrue();
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void whatIsForeignOrNoEventIsDeletedAndChangesNothing() throws InterruptedException {
    bench.launched();
    var before = bench.ledger.timers();
    send("arn:of:somebody:else 7");
    send("not an event at all");
    news.turn();

    assertThat(bench.ledger.timers()).isEqualTo(before);
    assertThat(bench.timers.claim(1, RoundBench.LEASE).eventsFlow()).isFalse();
    assertThat(queue.messages()).isEmpty();
    assertThat(bench.counters.get(Count.TASK_EVENTS_USED)).isZero();
  }

  @Test
  void anOlderOrRepeatedEventIsNoNews() throws InterruptedException {
    TaskArn task = bench.task(bench.launched());
    send(task + " 3");
    news.turn();
    send(task + " 3");
    send(task + " 2");
    news.turn();

    assertThat(bench.counters.get(Count.TASK_EVENTS_USED)).isEqualTo(1);
    assertThat(queue.messages()).isEmpty();
  }

  @Test
  void aVersionSaysNothingAboutAnotherTask() throws InterruptedException {
    TaskArn first = bench.task(bench.launched());
    TaskArn second = bench.task(bench.launched());
    send(first + " 9");
    news.turn();
    send(second + " 1");
    news.turn();

    assertThat(bench.counters.get(Count.TASK_EVENTS_USED)).isEqualTo(2);
  }

  @Test
  void anEventComesBackWhenItsDueTimeCouldNotBeWritten() throws InterruptedException {
    TaskArn task = bench.task(bench.launched());
    send(task + " 2");
    bench.timers.failNext(1);
    assertThatThrownBy(news::turn).isInstanceOf(LedgerUnavailable.class);
    assertThat(queue.messages()).hasSize(1);

    bench.clock.advance(Duration.ofSeconds(31));
    news.turn();
    assertThat(bench.counters.get(Count.TASK_EVENTS_USED)).isEqualTo(1);
    assertThat(Set.copyOf(queue.messages())).isEmpty();
  }

  private void send(String body) {
    queue.send(body, Map.of());
  }
}
