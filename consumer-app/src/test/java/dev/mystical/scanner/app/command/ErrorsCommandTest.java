package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ErrorsCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final ListedErrors log = new ListedErrors();

  /** A feed in a list; an entry's id is its time. What is to come is there when it is followed. */
  private static final class ListedErrors implements EntryLog<ErrorEntry> {
    private final List<Streamed<ErrorEntry>> there = new ArrayList<>();
    private final List<Streamed<ErrorEntry>> toCome = new ArrayList<>();

    @Override
    public List<Streamed<ErrorEntry>> newest(int count) {
      return there.reversed().stream().limit(count).toList();
    }

    @Override
    public List<Streamed<ErrorEntry>> before(String id, int count) {
      return there.reversed().stream()
          .filter(it -> it.id().compareTo(id) < 0)
          .limit(count)
          .toList();
    }

    @Override
    public List<Streamed<ErrorEntry>> since(Instant moment, int count) {
      return after(Long.toString(moment.toEpochMilli() - 1), count);
    }

    @Override
    public List<Streamed<ErrorEntry>> after(String id, int count) {
      return there.stream().filter(it -> it.id().compareTo(id) > 0).limit(count).toList();
    }

    @Override
    public String end() {
      return there.isEmpty() ? "0" : there.getLast().id();
    }

    @Override
    public void follow(String after, Consumer<Streamed<ErrorEntry>> reader) {
      there.addAll(toCome);
      after(after, Integer.MAX_VALUE).forEach(reader);
    }
  }

  @Test
  void anErrorIsALine() throws InterruptedException {
    Subject run =
        Subject.of(new ScanKey(Tenant.DEFAULT, new ScanId("s1"))).run(new ProviderId("sonar"), 2);
    log.there.add(
        entry(NOW, 1, ErrorEvent.error(ErrorCode.ECS_CONFIG, Stage.LAUNCH, run, "access denied")));
    log.there.add(
        entry(
            NOW.plusSeconds(1),
            7,
            ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "timeout")));
    log.there.add(
        entry(
            NOW.plusSeconds(2),
            1,
            ErrorEvent.error(
                ErrorCode.MESSAGE_INVALID,
                Stage.DECODE,
                Subject.of(new MessageId("m-1")),
                "no\u001bJSON")));
    show(false, Optional.empty(), Optional.empty(), false);
    assertThat(recording.answered())
        .isEqualTo(
            """
            2026-01-02T03:04:05Z ERROR ECS_CONFIG         launch     s1 sonar #2  access denied
            2026-01-02T03:04:06Z WARN  SQS_UNAVAILABLE    receive    timeout (7 times)
            2026-01-02T03:04:07Z ERROR MESSAGE_INVALID    decode     message m-1  no JSON
            """);
  }

  @Test
  void onlyTheNewestAreShownAndInTheOrderInWhichTheyCame() throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      log.there.add(entry(NOW.plusSeconds(i), "number " + i));
    }
    show(false, Optional.empty(), Optional.empty(), false);
    assertThat(recording.answered().lines()).hasSize(50).first().asString().endsWith("number 10");
    assertThat(recording.answered()).endsWith("number 59\n");
  }

  @Test
  void allSinceAMomentAreShownHoweverMany() throws InterruptedException {
    for (int i = 0; i < 1_300; i++) {
      log.there.add(entry(NOW.minusSeconds(3_000 - i), "number " + i));
    }
    show(false, Optional.of(new Since.Ago(Duration.ofSeconds(2_900))), Optional.empty(), false);
    assertThat(recording.answered().lines()).hasSize(1_200);
    assertThat(recording.answered().lines()).first().asString().endsWith("number 100");
  }

  @Test
  void oneCodeAloneCanBeShown() throws InterruptedException {
    log.there.add(entry(NOW, "one"));
    log.there.add(
        entry(
            NOW.plusSeconds(1),
            1,
            ErrorEvent.warn(ErrorCode.ECS_QUOTA, Stage.LAUNCH, Subject.SYSTEM, "two")));
    show(false, Optional.empty(), Optional.of(ErrorCode.ECS_QUOTA), false);
    assertThat(recording.answered().lines()).singleElement().asString().endsWith("two");
  }

  @Test
  void whatComesIsShownOnceAndAfterWhatWasThere() throws InterruptedException {
    log.there.add(entry(NOW, "one"));
    log.toCome.add(entry(NOW.plusSeconds(1), "two"));
    show(true, Optional.empty(), Optional.empty(), false);
    assertThat(recording.answered().lines().map(line -> line.substring(line.length() - 3)))
        .containsExactly("one", "two");
  }

  @Test
  void followingAnEmptyFeedShowsWhatComes() throws InterruptedException {
    log.toCome.add(entry(NOW, "one"));
    show(true, Optional.of(new Since.At(NOW)), Optional.empty(), false);
    assertThat(recording.answered().lines()).hasSize(1);
  }

  @Test
  void programsGetADocumentALine() throws InterruptedException {
    log.there.add(entry(NOW, "one"));
    show(false, Optional.empty(), Optional.empty(), true);
    assertThat(recording.answered())
        .startsWith("{\"id\":\"n-")
        .contains("\"code\":\"SQS_UNAVAILABLE\"")
        .endsWith("}\n");
  }

  private void show(boolean follow, Optional<Since> since, Optional<ErrorCode> code, boolean json)
      throws InterruptedException {
    ExitCode exit =
        new ErrorsCommand(recording.terminal(), log, json)
            .run(new Command.Errors(follow, since, code), NOW);
    assertThat(exit).isEqualTo(ExitCode.DONE);
  }

  private static Streamed<ErrorEntry> entry(Instant time, String message) {
    return entry(
        time,
        1,
        ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, message));
  }

  private static Streamed<ErrorEntry> entry(Instant time, long count, ErrorEvent event) {
    String id = Long.toString(time.toEpochMilli());
    return new Streamed<>(
        id, new ErrorEntry("n-" + id, time, "node", "print", count, false, event));
  }
}
