package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An entry of the error feed, as the fields of a stream entry and as JSON. Both have the same names
 * in the same order, without those that are absent; times are milliseconds. Readers pass over
 * fields that they do not know, and throw {@link UnreadableDocument} for what is no entry.
 */
public final class ErrorDocument {
  private ErrorDocument() {}

  /** The fields of a stream entry. */
  public static SequencedMap<String, String> fields(ErrorEntry entry) {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : tree(entry).properties()) {
      fields.put(field.getKey(), field.getValue().asText());
    }
    return fields;
  }

  /** One line of JSON. */
  public static String json(ErrorEntry entry) {
    return Json.text(tree(entry));
  }

  public static ErrorEntry fromJson(String document) {
    return Fields.reading("the error", () -> entry(Json.read(document)));
  }

  public static ErrorEntry fromFields(Map<String, String> fields) {
    return Fields.reading("the error", () -> entry(typed(fields)));
  }

  static ObjectNode tree(ErrorEntry entry) {
    ErrorEvent event = entry.event();
    ObjectNode node =
        Json.object()
            .put("id", entry.id())
            .put("time", entry.time().toEpochMilli())
            .put("severity", event.severity().name())
            .put("code", event.code().name())
            .put("stage", event.stage().name().toLowerCase(Locale.ROOT));
    subject(event.subject(), node);
    node.put("retryable", event.retryable())
        .put("message", event.message())
        .put("fingerprint", entry.fingerprint())
        .put("count", entry.count())
        .put("node", entry.node());
    event.awsRequestId().ifPresent(id -> node.put("awsRequestId", id));
    if (entry.replayed()) {
      node.put("replayed", true);
    }
    return node;
  }

  private static void subject(Subject subject, ObjectNode node) {
    subject.scan().ifPresent(scan -> node.put("scanId", scan.value()));
    subject
        .scan()
        .flatMap(scan -> subject.provider().map(provider -> new RunId(scan, provider)))
        .ifPresent(run -> node.put("runId", run.toString()));
    subject.provider().ifPresent(provider -> node.put("provider", provider.value()));
    subject.tenant().ifPresent(tenant -> node.put("tenant", tenant.value()));
    subject.message().ifPresent(message -> node.put("messageId", message.value()));
    subject.attempt().ifPresent(attempt -> node.put("attempt", attempt));
  }

  /** Stream entries hold nothing but texts. */
  private static Fields typed(Map<String, String> fields) {
    ObjectNode node = Json.object();
    fields.forEach((name, value) -> {
      switch (name) {
        case "time", "count", "attempt" -> node.put(name, Long.parseLong(value));
        case "retryable", "replayed" -> node.put(name, Boolean.parseBoolean(value));
        default -> node.put(name, value);
      }
    });
    return new Fields(node);
  }

  private static ErrorEntry entry(Fields from) {
    ErrorEvent event =
        new ErrorEvent(
            Severity.valueOf(from.text("severity")),
            ErrorCode.valueOf(from.text("code")),
            Stage.valueOf(from.text("stage").toUpperCase(Locale.ROOT)),
            new Subject(
                from.optionalText("tenant").map(Tenant::new),
                from.optionalText("scanId").map(ScanId::new),
                from.optionalText("provider").map(ProviderId::new),
                from.optionalNumber("attempt").map(Math::toIntExact),
                from.optionalText("messageId").map(MessageId::new)),
            from.flag("retryable", false),
            from.text("message"),
            from.optionalText("awsRequestId"));
    return new ErrorEntry(
        from.text("id"),
        Instant.ofEpochMilli(from.number("time")),
        from.text("node"),
        from.text("fingerprint"),
        from.number("count"),
        from.flag("replayed", false),
        event);
  }
}
