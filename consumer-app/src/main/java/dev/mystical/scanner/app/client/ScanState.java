package dev.mystical.scanner.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A scan, as a client sees it: read from the API's document, or from one of the same shape. Texts
 * are in one line each, without what would steer a terminal.
 *
 * @param document all that there is
 */
public record ScanState(
    String id,
    ScanStatus status,
    Optional<String> coverage,
    Optional<String> verdict,
    Optional<FindingCounts> summary,
    Optional<String> error,
    List<RunState> runs,
    ObjectNode document) {
  public ScanState {
    runs = List.copyOf(runs);
  }

  /** Empty where the document is no scan. */
  public static Optional<ScanState> read(ObjectNode document) {
    Optional<ScanStatus> status = status(text(document, "status").orElse(""));
    Optional<String> id = text(document, "scanId");
    if (status.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    List<RunState> runs = new ArrayList<>();
    document.path("runs").forEach(run -> runs.add(run(run)));
    return Optional.of(
        new ScanState(
            id.get(),
            status.get(),
            text(document, "coverage"),
            text(document, "verdict"),
            summary(document.path("summary")),
            error(document.path("error")),
            runs,
            document));
  }

  /** From a document's text. */
  public static Optional<ScanState> parse(String document) {
    return Answers.document(document.getBytes(StandardCharsets.UTF_8)).flatMap(ScanState::read);
  }

  /** What was found is too bad for the scan's policy. */
  public boolean failed() {
    return verdict.filter(Verdict.FAIL.name()::equals).isPresent();
  }

  private static RunState run(JsonNode run) {
    JsonNode progress = run.path("progress");
    return new RunState(
        text(run, "provider").orElse("?"),
        run.path("required").asBoolean(true),
        text(run, "status").orElse("?"),
        run.path("attempts").path(run.path("attempts").size() - 1).path("attempt").asInt(0),
        progress.path("percent").isInt()
            ? Optional.of(progress.path("percent").intValue())
            : Optional.empty(),
        text(progress, "phase"),
        error(run.path("error")));
  }

  private static Optional<ScanStatus> status(String name) {
    for (ScanStatus status : ScanStatus.values()) {
      if (status.name().equals(name)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  private static Optional<FindingCounts> summary(JsonNode summary) {
    if (!summary.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new FindingCounts(
            count(summary, Severity.CRITICAL),
            count(summary, Severity.HIGH),
            count(summary, Severity.MEDIUM),
            count(summary, Severity.LOW),
            count(summary, Severity.INFO)));
  }

  private static int count(JsonNode summary, Severity severity) {
    return Math.max(0, summary.path(severity.name().toLowerCase(Locale.ROOT)).asInt(0));
  }

  private static Optional<String> error(JsonNode error) {
    return text(error, "code")
        .map(code -> text(error, "message").map(it -> code + ": " + it).orElse(code));
  }

  private static Optional<String> text(JsonNode from, String name) {
    JsonNode value = from.path(name);
    return value.isTextual()
        ? Optional.of(value.textValue().replaceAll("\\p{C}+", " ").strip())
        : Optional.empty();
  }
}
