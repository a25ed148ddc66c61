package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.http.live.LiveHub;
import dev.mystical.scanner.http.live.SseWriter;
import dev.mystical.scanner.wire.CloudEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells what happens as it happens. */
final class LiveCalls {
  /** Who created a scan need not have quite the time of the log. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final int PAGE = 1_000;
  private static final int MOST_PAGES = 10;

  private final ApiParts.Live live;
  private final ScanFinder finder;
  private final ScanLedger ledger;

  LiveCalls(ApiParts.Live live, ScanFinder finder, ScanLedger ledger) {
    this.live = live;
    this.finder = finder;
    this.ledger = ledger;
  }

  /**
   * A scan's events from its beginning, or from where the caller was, up to its end. A caller that
   * has them all is told that nothing is to come, since it would ask again and again.
   */
  Answer scan(Request request, Caller caller) throws InterruptedException {
    ScanFinder.Hit hit = finder.find(request, caller);
    ScanKey key = hit.key();
    Optional<EntryId> last = lastEvent(request);
    Predicate<StateChange> wanted =
        change ->
            change.tenant().equals(key.tenant().value())
                && change.scanId().equals(key.id().value());
    if (last.isPresent() && over(hit.found()) && !more(last.get(), wanted)) {
      return Answer.empty(204);
    }
    return events(last.or(() -> beginning(hit.found())), wanted, change -> ended(change, key));
  }

  Answer all(Request request, Caller caller) {
    Optional<String> owner = owner(request, caller);
    return events(
        lastEvent(request),
        change -> owner.map(change.tenant()::equals).orElse(true),
        change -> false);
  }

  Answer errors(Request request, Caller caller) {
    Optional<String> owner = owner(request, caller);
    Predicate<ErrorEntry> wanted =
        entry ->
            owner.isEmpty() || owner.equals(entry.event().subject().tenant().map(Tenant::value));
    return answer(
        live.errors(),
        new SseWriter<>(
            live.errors(),
            lastEvent(request),
            wanted,
            entry -> new SseWriter.Event(CloudEvents.ERROR, CloudEvents.json(entry)),
            entry -> false));
  }

  private static Optional<String> owner(Request request, Caller caller) {
    Parameters parameters = Parameters.of(request, "tenant");
    Optional<Tenant> tenant = parameters.tenant(caller);
    parameters.check();
    return tenant.map(Tenant::value);
  }

  private static boolean over(Found found) {
    return !(found.entry() instanceof Found.Versioned known) || known.scan().status().ended();
  }

  /** Whether there is more after an entry; assumed where the log is too long to be sure. */
  private boolean more(EntryId after, Predicate<StateChange> wanted) throws InterruptedException {
    EntryId at = after;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      List<Streamed<StateChange>> page = live.events().after(at, PAGE);
      if (page.isEmpty()) {
        return false;
      }
      if (page.stream().map(Streamed::value).anyMatch(wanted)) {
        return true;
      }
      at = EntryId.parse(page.getLast().id());
    }
    return true;
  }

  private Answer events(
      Optional<EntryId> after, Predicate<StateChange> wanted, SseWriter.Last<StateChange> last) {
    return answer(
        live.events(),
        new SseWriter<>(
            live.events(),
            after,
            wanted,
            change -> new SseWriter.Event(change.type(), change.event()),
            last));
  }

  private static <T> Answer answer(LiveHub<T> hub, SseWriter<T> writer) {
    return hub.full() ? Guard.later("too many follow") : Answer.live(SseWriter.MEDIA_TYPE, writer);
  }

  /** A retried scan ends more than once. */
  private boolean ended(StateChange change, ScanKey key) throws InterruptedException {
    return change.type().equals(ScanEvent.Type.SCAN_ENDED.value())
        && (!(ledger.load(key).entry() instanceof Found.Versioned known)
            || known.scan().status().ended());
  }

  private static Optional<EntryId> beginning(Found found) {
    return found.entry() instanceof Found.Versioned known
        ? Optional.of(before(known.scan().createdAt()))
        : Optional.empty();
  }

  private static EntryId before(Instant created) {
    return new EntryId(Math.max(0, created.minus(SKEW).toEpochMilli()), 0);
  }

  private static Optional<EntryId> lastEvent(Request request) {
    Optional<String> header = request.header("Last-Event-ID");
    try {
      return header.map(EntryId::parse);
    } catch (IllegalArgumentException e) {
      throw new BadCall(400, "Last-Event-ID is none that was told", e);
    }
  }
}
