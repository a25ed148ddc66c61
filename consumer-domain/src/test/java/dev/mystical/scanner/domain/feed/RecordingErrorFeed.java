package dev.mystical.scanner.domain.feed;

import dev.mystical.scanner.domain.scan.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * A feed in memory that keeps what it was told. Repeats of a system error within a minute are
 * suppressed. Every field is guarded by {@code this}.
 */
public final class RecordingErrorFeed implements ErrorFeed {
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** When an error was last shown, and how many like it were not since. */
  private record Repeats(Instant shown, long suppressed) {}

  private final InstantSource clock;
  private final Redactor redactor;
  private final List<ErrorEntry> entries = new ArrayList<>();
  private final Map<String, Repeats> repeats = new HashMap<>();
  private final Queue<Published> scripted = new ArrayDeque<>();

  public RecordingErrorFeed(InstantSource clock, Redactor redactor) {
    this.clock = clock;
    this.redactor = redactor;
  }

  /** The next error that is not suppressed goes there, and is not shown. */
  public synchronized void divertNext(Published elsewhere) {
    scripted.add(elsewhere);
  }

  /** What the feed shows, oldest first. */
  public synchronized List<ErrorEntry> entries() {
    return List.copyOf(entries);
  }

  /** The errors that the feed shows, oldest first. */
  public synchronized List<ErrorEvent> events() {
    return entries.stream().map(ErrorEntry::event).toList();
  }

  @Override
  public synchronized Published publish(ErrorEvent event) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Instant now = clock.instant();
    String fingerprint = fingerprint(event);
    Repeats before = repeats.getOrDefault(fingerprint, new Repeats(Instant.MIN, 0));
    if (!event.subject().particular() && before.shown().isAfter(now.minus(QUIET))) {
      repeats.put(fingerprint, new Repeats(before.shown(), before.suppressed() + 1));
      return Published.SUPPRESSED;
    }
    repeats.put(fingerprint, new Repeats(now, 0));
    Published elsewhere = scripted.poll();
    if (elsewhere != null) {
      return elsewhere;
    }
    entries.add(entry(event, fingerprint, before.suppressed() + 1, now));
    return Published.STREAMED;
  }

  private ErrorEntry entry(ErrorEvent event, String fingerprint, long count, Instant now) {
    ErrorEvent cleaned =
        new ErrorEvent(
            event.severity(),
            event.code(),
            event.stage(),
            event.subject(),
            event.retryable(),
            redactor.clean(event.message()),
            event.awsRequestId());
    String id = "error-" + (entries.size() + 1);
    return new ErrorEntry(id, now, "node-1", fingerprint, count, false, cleaned);
  }

  /** Numbers and the like do not make another trouble; whose it is does. */
  private static String fingerprint(ErrorEvent event) {
    String trouble = event.message().replaceAll("\\d+", "#");
    return Digest.of(
            "%s\n%s\n%s\n%s"
                .formatted(event.code(), event.stage(), event.subject().provider(), trouble))
        .shortened();
  }
}
