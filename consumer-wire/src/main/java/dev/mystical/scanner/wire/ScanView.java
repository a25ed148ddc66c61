package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A scan as clients see it: in the API, in events and webhooks, and with {@code --json} on the
 * command line. What is not known yet is absent.
 */
public final class ScanView {
  private ScanView() {}

  public static String json(Scan scan) {
    return Json.text(tree(scan));
  }

  /**
   * With what is known beside the ledger.
   *
   * @param callback how far the webhook is
   * @param progress what its runs said of themselves
   */
  public static String json(
      Scan scan, Optional<CallbackState> callback, Map<ProviderId, Progress> progress) {
    ObjectNode tree = tree(scan);
    callback.ifPresent(state ->
        tree.withObject("/callback")
            .put("status", state.status().name())
            .put("tries", state.tries()));
    for (JsonNode run : tree.path("runs")) {
      Optional.ofNullable(progress.get(new ProviderId(run.path("provider").textValue())))
          .ifPresent(it -> ((ObjectNode) run).set("progress", progress(it)));
    }
    return Json.text(tree);
  }

  public static String json(RefusedScan scan) {
    return Json.text(tree(scan));
  }

  static ObjectNode tree(Scan scan) {
    ObjectNode node = head(scan.key());
    node.set("project", RequestShape.project(scan.request().project()));
    node.set("target", RequestShape.target(scan.request().target()));
    node.set("policy", RequestShape.policy(scan.request().failOn()));
    if (!scan.request().tags().isEmpty()) {
      node.set("tags", RequestShape.texts(scan.request().tags()));
    }
    node.put("status", scan.status().name());
    if (scan.status().ended()) {
      looked(scan.coverage(), scan.verdict(), node);
    }
    node.put("createdAt", scan.createdAt().toString());
    scan.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
    scan.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
    scan.findings().ifPresent(counts -> node.set("summary", ReportShape.counts(counts)));
    error(scan.error(), node);
    scan.request().callback().ifPresent(url -> node.putObject("callback").put("url", url));
    ArrayNode runs = node.putArray("runs");
    scan.runs().forEach(run -> runs.add(run(scan, run)));
    node.set("links", links(scan.key().id(), scan.status(), scan.findings().isPresent()));
    return node;
  }

  static ObjectNode tree(RefusedScan scan) {
    ObjectNode node = head(scan.key()).put("status", ScanStatus.FAILED.name());
    looked(Coverage.NONE, Verdict.UNKNOWN, node);
    node.put("createdAt", scan.at().toString()).put("endedAt", scan.at().toString());
    error(Optional.of(scan.error()), node);
    node.putArray("runs");
    node.set("links", links(scan.key().id(), ScanStatus.FAILED, false));
    return node;
  }

  static ObjectNode run(Scan scan, Run run) {
    ObjectNode node =
        Json.object()
            .put("runId", scan.runId(run.provider()).toString())
            .put("provider", run.provider().value())
            .put("required", run.required())
            .put("status", run.status().name());
    if (run.status().ended()) {
      looked(run.coverage(), run.verdict(scan.request().failOn()), node);
    }
    run.report()
        .ifPresent(report -> node.set("summary", ReportShape.counts(report.summary().counts())));
    error(run.error(), node);
    run.report().ifPresent(report -> node.set("report", ReportShape.view(report)));
    ArrayNode attempts = node.putArray("attempts");
    run.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    return node;
  }

  private static ObjectNode head(ScanKey key) {
    return Json.object().put("scanId", key.id().value()).put("tenant", key.tenant().value());
  }

  private static void looked(Coverage coverage, Verdict verdict, ObjectNode node) {
    node.put("coverage", coverage.name().toLowerCase(Locale.ROOT)).put("verdict", verdict.name());
  }

  private static ObjectNode progress(Progress progress) {
    ObjectNode node = Json.object();
    progress.phase().ifPresent(phase -> node.put("phase", phase));
    progress.percent().ifPresent(percent -> node.put("percent", percent));
    progress.message().ifPresent(message -> node.put("message", message));
    return node.put("at", progress.at().toString());
  }

  private static ObjectNode attempt(Attempt attempt) {
    ObjectNode node = Json.object().put("attempt", attempt.number());
    attempt.task().ifPresent(task -> node.put("taskArn", task.value()));
    String capacityProvider = attempt.spec().placement().capacityProvider();
    if (!capacityProvider.isEmpty()) {
      node.put("capacityProvider", capacityProvider);
    }
    attempt.launchedAt().ifPresent(at -> node.put("launchedAt", at.toString()));
    attempt.course().runningAt().ifPresent(at -> node.put("startedAt", at.toString()));
    attempt.course().end().ifPresent(end -> end(end, node));
    return node;
  }

  private static void end(TaskEnd end, ObjectNode to) {
    end.stoppedAt().ifPresent(at -> to.put("stoppedAt", at.toString()));
    end.exitCode().ifPresent(code -> to.put("exitCode", code));
    end.stopCode().ifPresent(code -> to.put("stopCode", code));
    end.reason().ifPresent(reason -> to.put("reason", reason));
    end.logUrl().ifPresent(url -> to.put("logUrl", url));
  }

  private static void error(Optional<ScanError> error, ObjectNode to) {
    error.ifPresent(known ->
        to.putObject("error")
            .put("code", known.code().name())
            .put("message", known.message())
            .put("retryable", known.retryable()));
  }

  /** Relative to the API's base; none for what this scan does not have or allow. */
  private static ObjectNode links(ScanId id, ScanStatus status, boolean reported) {
    String self = "/v1/scans/" + id;
    ObjectNode node = Json.object().put("self", self).put("events", self + "/events");
    if (reported) {
      node.put("report", self + "/report");
    }
    if (!status.ended()) {
      node.put("cancel", self + "/cancel");
    }
    return node;
  }
}
