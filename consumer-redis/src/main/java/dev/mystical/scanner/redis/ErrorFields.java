package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An error as the fields of a stream entry; absent ones are left out. */
public final class ErrorFields {
  private ErrorFields() {}

  public static Map<String, String> of(ErrorEntry entry) {
    ErrorEvent event = entry.event();
    Subject subject = event.subject();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", entry.id());
    fields.put("time", String.valueOf(entry.time().toEpochMilli()));
    fields.put("severity", event.severity().name());
    fields.put("code", event.code().name());
    fields.put("stage", event.stage().name().toLowerCase(Locale.ROOT));
    put(fields, "scanId", subject.scan());
    put(
        fields,
        "runId",
        subject.scan().flatMap(scan -> subject.provider().map(run -> scan + "." + run)));
    put(fields, "provider", subject.provider());
    put(fields, "tenant", subject.tenant());
    put(fields, "messageId", subject.message());
    put(fields, "attempt", subject.attempt());
    fields.put("retryable", String.valueOf(event.retryable()));
    fields.put("message", event.message());
    fields.put("fingerprint", entry.fingerprint());
    fields.put("count", String.valueOf(entry.count()));
    fields.put("node", entry.node());
    put(fields, "awsRequestId", event.awsRequestId());
    if (entry.replayed()) {
      fields.put("replayed", "true");
    }
    return fields;
  }

  /** Reads what {@link #of} wrote; throws {@link IllegalArgumentException} for anything else. */
  public static ErrorEntry entry(Map<String, String> fields) {
    Subject subject =
        new Subject(
            value(fields, "tenant").map(Tenant::new),
            value(fields, "scanId").map(ScanId::new),
            value(fields, "provider").map(ProviderId::new),
            value(fields, "attempt").map(Integer::valueOf),
            value(fields, "messageId").map(MessageId::new));
    ErrorEvent event =
        new ErrorEvent(
            Severity.valueOf(required(fields, "severity")),
            ErrorCode.valueOf(required(fields, "code")),
            Stage.valueOf(required(fields, "stage").toUpperCase(Locale.ROOT)),
            subject,
            Boolean.parseBoolean(required(fields, "retryable")),
            required(fields, "message"),
            value(fields, "awsRequestId"));
    return new ErrorEntry(
        required(fields, "id"),
        Instant.ofEpochMilli(Long.parseLong(required(fields, "time"))),
        required(fields, "node"),
        required(fields, "fingerprint"),
        Long.parseLong(required(fields, "count")),
        Boolean.parseBoolean(fields.getOrDefault("replayed", "false")),
        event);
  }

  private static Optional<String> value(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private static String required(Map<String, String> fields, String name) {
    return value(fields, name).orElseThrow(() -> new IllegalArgumentException("no " + name));
  }

  private static void put(Map<String, String> fields, String name, Optional<?> value) {
    value.ifPresent(present -> fields.put(name, present.toString()));
  }
}
