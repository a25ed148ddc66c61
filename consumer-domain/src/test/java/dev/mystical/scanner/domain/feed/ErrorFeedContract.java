package dev.mystical.scanner.domain.feed;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ErrorFeed} promises, while the place that it writes to is there. */
public abstract class ErrorFeedContract {
  /** A secret that the feed under test is to know, and to hide. */
  protected static final String SECRET = "correct-horse-battery-staple";

  private final ScanKey scan = SampleScans.newKey();

  /** For the adapters' tests. */
  protected ErrorFeedContract() {}

  /** The feed under test: empty at the start of each test. */
  protected abstract ErrorFeed feed() throws InterruptedException;

  /** What the feed shows, oldest first. */
  protected abstract List<ErrorEntry> entries() throws InterruptedException;

  @Test
  void anErrorIsShownAsItWasPublished() throws InterruptedException {
    ErrorEvent event =
        new ErrorEvent(
            Severity.WARN,
            ErrorCode.ECS_CAPACITY,
            Stage.LAUNCH,
            Subject.of(new MessageId("message-1")).scan(scan).run(SONAR, 2),
            true,
            "no room",
            Optional.of("aws-1"));

    assertThat(feed().publish(event)).isEqualTo(ErrorFeed.Published.STREAMED);
    assertThat(entries()).hasSize(1);
    ErrorEntry entry = entries().getFirst();
    assertThat(entry.event()).isEqualTo(event);
    assertThat(entry.count()).isEqualTo(1);
    assertThat(entry.replayed()).isFalse();
    assertThat(entry.node()).isNotBlank();
  }

  @Test
  void anErrorOfNobodyInParticularIsShown() throws InterruptedException {
    ErrorEvent event =
        ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "timed out");

    assertThat(feed().publish(event)).isEqualTo(ErrorFeed.Published.STREAMED);
    assertThat(entries().getFirst().event()).isEqualTo(event);
  }

  @Test
  void everyErrorOfAScanIsShown() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      assertThat(feed().publish(particular("it broke"))).isEqualTo(ErrorFeed.Published.STREAMED);
    }

    assertThat(entries()).hasSize(20).allMatch(entry -> entry.count() == 1);
    assertThat(entries()).extracting(ErrorEntry::id).doesNotHaveDuplicates();
    assertThat(entries())
        .extracting(ErrorEntry::fingerprint)
        .containsOnly(entries().getFirst().fingerprint());
  }

  @Test
  void repeatsOfASystemErrorAreSuppressed() throws InterruptedException {
    List<ErrorFeed.Published> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          feed()
              .publish(
                  ErrorEvent.warn(
                      ErrorCode.ECS_UNAVAILABLE, Stage.LAUNCH, Subject.of(SONAR), "timed out")));
    }

    assertThat(answers.getFirst()).isEqualTo(ErrorFeed.Published.STREAMED);
    assertThat(answers).contains(ErrorFeed.Published.SUPPRESSED);
    assertThat(entries())
        .hasSize((int) answers.stream().filter(ErrorFeed.Published.STREAMED::equals).count());
  }

  @Test
  void otherSystemErrorsAreNotSuppressed() throws InterruptedException {
    feed()
        .publish(
            ErrorEvent.warn(
                ErrorCode.ECS_UNAVAILABLE, Stage.LAUNCH, Subject.of(SONAR), "timed out"));

    assertThat(
            feed()
                .publish(
                    ErrorEvent.warn(ErrorCode.ECS_QUOTA, Stage.LAUNCH, Subject.of(SONAR), "full")))
        .isEqualTo(ErrorFeed.Published.STREAMED);
  }

  @Test
  void secretsAreHidden() throws InterruptedException {
    feed().publish(particular("denied for " + SECRET));

    assertThat(entries().getFirst().event().message()).isEqualTo("denied for ***");
  }

  @Test
  void messagesAreOneShortLine() throws InterruptedException {
    feed().publish(particular("first\nsecond\r\n" + "€".repeat(5_000)));

    String shown = entries().getFirst().event().message();
    assertThat(shown).startsWith("first second €").doesNotContain("\n", "\r");
    assertThat(shown.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
  }

  private ErrorEvent particular(String message) {
    return ErrorEvent.error(
        ErrorCode.TASK_FAILED, Stage.SUPERVISE, Subject.of(scan).run(SONAR, 1), message);
  }
}
