package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.feed.ErrorEntry;
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
import java.util.Set;
import java.util.regex.Pattern;

/** Lists the errors, the newest first. */
final class ErrorCalls {
  private static final int MOST_LISTED = 500;
  private static final int USUALLY_LISTED = 100;

  /** So many entries are looked through for one page. */
  private static final int LOOKED_THROUGH = 5_000;

  private static final int AT_ONCE = 500;
  private static final Pattern CURSOR = Pattern.compile("\\d{1,20}-\\d{1,20}");

  private final EntryLog<ErrorEntry> log;

  ErrorCalls(EntryLog<ErrorEntry> log) {
    this.log = log;
  }

  Answer list(Request request, Caller caller) throws InterruptedException {
    Parameters parameters = Parameters.of(request, Set.of("code", "since", "limit", "cursor"));
    Optional<ErrorCode> code =
        parameters.read("code", ErrorCode::valueOf, "one of the error codes");
    Optional<Instant> since =
        parameters.read("since", ErrorCalls::instant, "a moment such as 2026-01-31T12:00:00Z");
    Optional<String> cursor = parameters.read("cursor", ErrorCalls::cursor, "what next was");
    int limit = parameters.limit(MOST_LISTED, USUALLY_LISTED);
    parameters.check();

    List<String> items = new ArrayList<>();
    Optional<String> at = cursor;
    for (int looked = 0; looked < LOOKED_THROUGH; looked += AT_ONCE) {
      List<Streamed<ErrorEntry>> some =
          at.isPresent() ? log.before(at.get(), AT_ONCE) : log.newest(AT_ONCE);
      for (Streamed<ErrorEntry> each : some) {
        if (since.isPresent() && each.value().time().isBefore(since.get())) {
          return page(items, Optional.empty());
        }
        if (wanted(each.value(), code, caller)) {
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

  private static boolean wanted(ErrorEntry entry, Optional<ErrorCode> code, Caller caller) {
    String owner = entry.event().subject().tenant().map(Tenant::value).orElse("");
    return caller.sees(owner) && code.map(it -> it == entry.event().code()).orElse(true);
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

  private static String cursor(String text) {
    if (!CURSOR.matcher(text).matches()) {
      throw new IllegalArgumentException("no cursor");
    }
    return text;
  }
}
