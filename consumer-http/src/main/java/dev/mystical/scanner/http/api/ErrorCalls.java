package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.ErrorDocument;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the errors, the newest first. */
final class ErrorCalls {
  private static final int MOST_LISTED = 500;
  private static final int USUALLY_LISTED = 100;

  /** So many entries are looked through for one page, which may then be short or empty. */
  private static final int LOOKED_THROUGH = 5_000;

  private static final int AT_ONCE = 500;

  private final EntryLog<ErrorEntry> log;

  ErrorCalls(EntryLog<ErrorEntry> log) {
    this.log = log;
  }

  Answer list(Request request, Caller caller) throws InterruptedException {
    Parameters parameters = Parameters.of(request, "code", "since", "limit", "cursor", "tenant");
    Optional<ErrorCode> code =
        parameters.read("code", ErrorCode::valueOf, "one of the error codes");
    Optional<Instant> since =
        parameters.read("since", ErrorCalls::instant, "a moment such as 2026-01-31T12:00:00Z");
    Optional<String> cursor =
        parameters.read("cursor", text -> EntryId.parse(text).toString(), "what next was");
    Optional<Tenant> tenant = parameters.tenant(caller);
    int limit = parameters.limit(MOST_LISTED, USUALLY_LISTED);
    parameters.check();
    return list(new Wanted(tenant, code, since), cursor, limit);
  }

  private Answer list(Wanted wanted, Optional<String> cursor, int limit)
      throws InterruptedException {
    List<String> items = new ArrayList<>();
    Optional<String> at = cursor;
    for (int looked = 0; looked < LOOKED_THROUGH; looked += AT_ONCE) {
      List<Streamed<ErrorEntry>> some =
          at.isPresent() ? log.before(at.get(), AT_ONCE) : log.newest(AT_ONCE);
      for (Streamed<ErrorEntry> each : some) {
        if (wanted.tooEarly(each.id())) {
          return page(items, Optional.empty());
        }
        if (wanted.takes(each.value())) {
          items.add(ErrorDocument.json(each.value()));
        }
        at = Optional.of(each.id());
        if (items.size() == limit) {
          return page(items, at);
        }
      }
      if (some.isEmpty()) {
        return page(items, Optional.empty());
      }
    }
    return page(items, at);
  }

  /**
   * Which errors.
   *
   * @param tenant whose; empty for all, and for what concerns no tenant as well
   * @param since when they came into the feed, at the earliest: what waited on disk is older than
   *     its place there, and was not to be seen before
   */
  private record Wanted(
      Optional<Tenant> tenant, Optional<ErrorCode> code, Optional<Instant> since) {
    boolean tooEarly(String id) {
      return since.filter(Instant.ofEpochMilli(EntryId.parse(id).millis())::isBefore).isPresent();
    }

    boolean takes(ErrorEntry entry) {
      return (tenant.isEmpty() || tenant.equals(entry.event().subject().tenant()))
          && code.map(it -> it == entry.event().code()).orElse(true);
    }
  }

  private static Answer page(List<String> items, Optional<String> next) {
    return Answer.json(200, Documents.page(items, next));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no moment", e);
    }
  }
}
