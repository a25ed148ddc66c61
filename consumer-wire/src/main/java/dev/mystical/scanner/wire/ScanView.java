package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.util.Optional;

/**
 * A scan as clients see it: in the API, in events and webhooks, and with {@code --json} on the
 * command line. What is not known yet is absent. No report is looked at yet, so what has ended has
 * coverage {@code none} and verdict {@code UNKNOWN}.
 */
public final class ScanView {
  private ScanView() {}

  public static String json(Scan scan) {
    return Json.text(tree(scan));
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
      unlooked(node);
    }
    node.put("createdAt", scan.createdAt().toString());
    scan.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
    scan.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
    error(scan.error(), node);
    scan.request().callback().ifPresent(url -> node.putObject("callback").put("url", url));
    ArrayNode runs = node.putArray("runs");
    scan.runs().forEach(run -> runs.add(run(scan, run)));
    node.set("links", links(scan.key().id(), scan.status()));
    return node;
  }

  static ObjectNode tree(RefusedScan scan) {
    ObjectNode node = head(scan.key()).put("status", ScanStatus.FAILED.name());
    unlooked(node);
    node.put("createdAt", scan.at().toString()).put("endedAt", scan.at().toString());
    error(Optional.of(scan.error()), node);
    node.putArray("runs");
    node.set("links", links(scan.key().id(), ScanStatus.FAILED));
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
      unlooked(node);
    }
    error(run.error(), node);
    ArrayNode attempts = node.putArray("attempts");
    run.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    return node;
  }

  private static ObjectNode head(ScanKey key) {
    return Json.object().put("scanId", key.id().value()).put("tenant", key.tenant().value());
  }

  private static void unlooked(ObjectNode node) {
    node.put("coverage", "none").put("verdict", "UNKNOWN");
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
  private static ObjectNode links(ScanId id, ScanStatus status) {
    String self = "/v1/scans/" + id;
    ObjectNode node = Json.object().put("self", self).put("events", self + "/events");
    if (!status.ended()) {
      node.put("cancel", self + "/cancel");
    }
    return node;
  }
}
