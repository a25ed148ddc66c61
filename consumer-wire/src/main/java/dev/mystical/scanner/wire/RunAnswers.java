package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.Locale;

/** What a run's container is answered. */
public final class RunAnswers {
  private RunAnswers() {}

  /** It may begin, for this tenant, and has to be done by then. */
  public static String letIn(Tenant tenant, Instant deadline) {
    return Json.text(
        Json.object().put("deadline", deadline.toString()).put("tenant", tenant.value()));
  }

  /** Whether it is to stop. */
  public static String progress(boolean cancel) {
    return Json.text(Json.object().put("cancel", cancel));
  }

  /** What was stored of it. */
  public static String report(StoredReport report) {
    ObjectNode node = ReportShape.view(report);
    node.put("coverage", report.summary().coverage().name().toLowerCase(Locale.ROOT));
    node.set("summary", ReportShape.counts(report.summary().counts()));
    return Json.text(node);
  }
}
