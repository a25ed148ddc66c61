package dev.mystical.scanner.local.scanner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a tool's report and refuses those that only look clean: without runs, without results
 * (SARIF: {@code results} is null or absent when the scan did not come that far), or with an
 * invocation that says it failed.
 */
final class SarifCheck {

  static final JsonMapper JSON = new JsonMapper();
  private static final long MOST_BYTES = 200L << 20;

  private SarifCheck() {}

  /** The report as a tree. */
  static JsonNode read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw broken("the tool has written no report");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw broken("the report is larger than " + MOST_BYTES + " bytes");
      }
      JsonNode report = JSON.readTree(file.toFile());
      check(report);
      return report;
    } catch (JsonProcessingException e) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "the report is not JSON", e);
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "cannot read the report", e);
    }
  }

  private static void check(JsonNode report) {
    if (!report.path("version").asText().equals("2.1.0")) {
      throw broken("the report is not SARIF 2.1.0");
    }
    if (report.path("runs").isEmpty()) {
      throw broken("the report has no runs");
    }
    for (JsonNode run : report.path("runs")) {
      if (!run.path("results").isArray()) {
        throw broken("the report has no results: nothing was looked at");
      }
      for (JsonNode invocation : run.path("invocations")) {
        if (!invocation.path("executionSuccessful").asBoolean(false)) {
          throw broken("the report says that the scan failed" + notification(invocation));
        }
      }
    }
  }

  private static String notification(JsonNode invocation) {
    for (String kind :
        new String[] {"toolExecutionNotifications", "toolConfigurationNotifications"}) {
      String text = invocation.path(kind).path(0).path("message").path("text").asText();
      if (!text.isBlank()) {
        return ": " + text.lines().findFirst().orElse("");
      }
    }
    return "";
  }

  private static ScanBroken broken(String why) {
    return new ScanBroken(ExitCode.TOOL_FAILED, why);
  }
}
