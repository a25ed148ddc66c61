package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.ReportSummary;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.domain.report.StoredReport;
import java.util.Locale;

/** A stored report as the ledger's document holds it, and as clients see it. */
final class ReportShape {
  private ReportShape() {}

  static ObjectNode write(StoredReport report) {
    ObjectNode node =
        Json.object()
            .put("received", report.received())
            .put("sha256", report.sha256())
            .put("bytes", report.bytes())
            .put("format", report.format())
            .put("coverage", report.summary().coverage().name())
            .put("at", report.storedAt().toString());
    node.set("counts", counts(report.summary().counts()));
    return node;
  }

  static StoredReport read(Fields from) {
    Fields counts = from.object("counts");
    return new StoredReport(
        from.text("received"),
        from.text("sha256"),
        from.number("bytes"),
        from.text("format"),
        new ReportSummary(
            new FindingCounts(
                counts.integer("critical"),
                counts.integer("high"),
                counts.integer("medium"),
                counts.integer("low"),
                counts.integer("info")),
            Coverage.valueOf(from.text("coverage"))),
        from.instant("at"));
  }

  static ObjectNode counts(FindingCounts counts) {
    ObjectNode node = Json.object();
    for (Severity severity : Severity.values()) {
      node.put(severity.name().toLowerCase(Locale.ROOT), counts.of(severity));
    }
    return node;
  }

  /** What clients see. */
  static ObjectNode view(StoredReport report) {
    return Json.object()
        .put("sha256", report.sha256())
        .put("bytes", report.bytes())
        .put("format", report.format());
  }
}
