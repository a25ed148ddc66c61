package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SARIF of a report that is none yet: one run, its results first, written one by one. What is
 * told only after them, its rules and troubles, is kept until the end.
 */
final class SarifDraft {
  private static final int MOST_TROUBLES = 1_000;

  private final JsonGenerator out;
  private final String tool;
  private final ReportLimits limits;
  private final Map<String, ObjectNode> rules = new LinkedHashMap<>();
  private final List<String> troubles = new ArrayList<>();
  private final ObjectNode properties = object();
  private int untold;
  private int results;
  private String version = "";

  SarifDraft(JsonGenerator out, String tool, ReportLimits limits) throws IOException {
    this.out = out;
    this.tool = tool;
    this.limits = limits;
    out.writeStartObject();
    out.writeStringField("version", SarifWalk.VERSION);
    out.writeArrayFieldStart("runs");
    out.writeStartObject();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Without this there are no results, which is another thing than none (§3.14.23). */
  void beginResults() throws IOException {
    out.writeArrayFieldStart("results");
  }

  void result(ObjectNode result) throws IOException {
    if (++results > limits.results()) {
      throw new ReportTooLarge("there are more than %d results".formatted(limits.results()));
    }
    JsonStreams.write(out, result);
  }

  void endResults() throws IOException {
    out.writeEndArray();
  }

  /** The first word on a rule stays. */
  void rule(String id, ObjectNode rule) {
    rules.putIfAbsent(id, rule.put("id", id));
  }

  void version(String newVersion) {
    version = newVersion;
  }

  /** What the tool says of the run, beside its results. */
  void property(String name, JsonNode value) {
    properties.set(name, value);
  }

  /** Something that keeps the results from being all there are (§3.20.21). */
  void trouble(String text) {
    if (troubles.size() < MOST_TROUBLES) {
      troubles.add(text.isBlank() ? "not told" : Texts.line(text));
    } else {
      untold++;
    }
  }

  void finish() throws IOException {
    ObjectNode run = object();
    ObjectNode driver = run.putObject("tool").putObject("driver").put("name", tool);
    if (!version.isEmpty()) {
      driver.put("version", version);
    }
    driver.putArray("rules").addAll(rules.values());
    ObjectNode invocation =
        run.putArray("invocations").addObject().put("executionSuccessful", true);
    if (untold > 0) {
      troubles.add("and %d more".formatted(untold));
    }
    for (String trouble : troubles) {
      ObjectNode notification =
          invocation.withArray("toolExecutionNotifications").addObject().put("level", "error");
      notification.putObject("message").put("text", trouble);
    }
    if (!properties.isEmpty()) {
      run.set("properties", properties);
    }
    for (Map.Entry<String, JsonNode> member : run.properties()) {
      out.writeFieldName(member.getKey());
      JsonStreams.write(out, member.getValue());
    }
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }
}
