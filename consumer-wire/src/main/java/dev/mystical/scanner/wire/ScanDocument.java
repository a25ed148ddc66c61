package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/**
 * The ledger's document of a scan: all of it, in one line of JSON.
 *
 * <p>Documents are read by replicas older and newer than the one that wrote them. A reader passes
 * over fields that it does not know, so a version may add some; it must not do so where an older
 * replica that drops them on its next write does harm. For that, and for any other change, the
 * format number goes up, which makes the document {@link UnreadableDocument} to older replicas.
 */
public final class ScanDocument {
  /** The highest format that this version reads, and the one that it writes. */
  static final int FORMAT = 3;

  private ScanDocument() {}

  /** What such a document describes. */
  public sealed interface Content {}

  /** A scan that was accepted. */
  public record Accepted(Scan scan) implements Content {}

  /** One that was refused. */
  public record Refused(RefusedScan scan) implements Content {}

  /** Equal scans give equal documents. */
  public static String encode(Scan scan) {
    ObjectNode node = head(scan.key());
    node.put("digest", scan.digest());
    scan.traceparent().ifPresent(trace -> node.put("trace", trace));
    node.put("status", scan.status().name());
    node.put("created", scan.createdAt().toString());
    scan.startedAt().ifPresent(at -> node.put("started", at.toString()));
    scan.endedAt().ifPresent(at -> node.put("ended", at.toString()));
    scan.error().ifPresent(error -> node.set("error", ErrorShape.write(error)));
    if (scan.series() > 0) {
      node.put("series", scan.series());
    }
    RequestShape.write(scan.request(), node.putObject("request"));
    ArrayNode runs = node.putArray("runs");
    scan.runs().forEach(run -> runs.add(run(run)));
    return Json.text(node);
  }

  public static String encode(RefusedScan scan) {
    ObjectNode node = head(scan.key());
    node.put("refused", scan.at().toString());
    node.set("error", ErrorShape.write(scan.error()));
    return Json.text(node);
  }

  /** Reads either kind; throws {@link UnreadableDocument}. */
  public static Content decode(String document) {
    return Fields.reading("the scan", () -> content(Json.read(document)));
  }

  private static Content content(Fields from) {
    requireFormat(from);
    ScanKey key = new ScanKey(new Tenant(from.text("tenant")), new ScanId(from.text("id")));
    if (from.has("refused")) {
      return new Refused(
          new RefusedScan(key, ErrorShape.read(from.object("error")), from.instant("refused")));
    }
    if (!from.has("runs")) {
      throw new UnreadableDocument("no runs");
    }
    return new Accepted(
        new Scan(
            key,
            RequestShape.read(from.object("request")),
            from.text("digest"),
            from.optionalText("trace"),
            ScanStatus.valueOf(from.text("status")),
            from.objects("runs", ScanDocument::run),
            from.instant("created"),
            from.optionalInstant("started"),
            from.optionalInstant("ended"),
            optionalError(from),
            Math.toIntExact(from.optionalNumber("series").orElse(0L))));
  }

  static void requireFormat(Fields from) {
    int format = from.integer("v");
    if (format < 1 || format > FORMAT) {
      throw new UnreadableDocument(
          "format %d; this version reads up to %d".formatted(format, FORMAT));
    }
  }

  private static ObjectNode head(ScanKey key) {
    return Json.object()
        .put("v", FORMAT)
        .put("tenant", key.tenant().value())
        .put("id", key.id().value());
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = Json.object().put("provider", run.provider().value());
    if (!run.required()) {
      node.put("required", false);
    }
    node.put("status", run.status().name());
    if (!run.attempts().isEmpty()) {
      ArrayNode attempts = node.putArray("attempts");
      run.attempts().forEach(attempt -> attempts.add(AttemptShape.write(attempt)));
    }
    run.blockedSince().ifPresent(at -> node.put("blocked", at.toString()));
    run.requeue().ifPresent(requeue -> node.set("requeue", requeue(requeue)));
    run.report().ifPresent(report -> node.set("report", ReportShape.write(report)));
    run.error().ifPresent(error -> node.set("error", ErrorShape.write(error)));
    run.endedAt().ifPresent(at -> node.put("ended", at.toString()));
    return node;
  }

  private static Run run(Fields from) {
    return new Run(
        new ProviderId(from.text("provider")),
        from.flag("required", true),
        RunStatus.valueOf(from.text("status")),
        from.objects("attempts", AttemptShape::read),
        from.optionalInstant("blocked"),
        from.optionalObject("requeue").map(ScanDocument::requeue),
        from.optionalObject("report").map(ReportShape::read),
        optionalError(from),
        from.optionalInstant("ended"));
  }

  private static ObjectNode requeue(Requeue requeue) {
    return Json.object()
        .put("since", requeue.since().toString())
        .put("first", requeue.firstAttempt());
  }

  private static Requeue requeue(Fields from) {
    return new Requeue(from.instant("since"), from.integer("first"));
  }

  private static Optional<ScanError> optionalError(Fields from) {
    return from.optionalObject("error").map(ErrorShape::read);
  }
}
