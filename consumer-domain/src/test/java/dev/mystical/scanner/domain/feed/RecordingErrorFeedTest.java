package dev.mystical.scanner.domain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingErrorFeedTest extends ErrorFeedContract {
  private final MovableClock clock = new MovableClock();
  private final RecordingErrorFeed feed =
      new RecordingErrorFeed(clock, new Redactor(List.of(SECRET)));

  @Override
  protected ErrorFeed feed() {
    return feed;
  }

  @Override
  protected List<ErrorEntry> entries() {
    return feed.entries();
  }

  @Test
  void theNextOneCountsThoseThatWereSuppressed() throws InterruptedException {
    ErrorEvent event =
        ErrorEvent.warn(ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "timed out");
    feed.publish(event);
    feed.publish(event);
    feed.publish(event);
    clock.advance(Duration.ofMinutes(1));
    feed.publish(event);

    assertThat(feed.entries()).extracting(ErrorEntry::count).containsExactly(1L, 3L);
  }
}
