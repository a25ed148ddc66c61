package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.wire.report.Shape.Different;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The second of two walks: writes what it is told, item by item, in our form. */
final class Normaliser implements SarifVisitor {
  /**
   * What stands no longer in a report of ours: what has become part of something else (bases), what
   * is somewhere else (§3.14.2), and what tells of a machine, its people and their secrets (§3.20).
   */
  private static final Set<String> SKIPPED =
      Set.of(
          "run.conversion",
          "run.externalPropertyFileReferences",
          "run.originalUriBaseIds",
          "run.specialLocations",
          "toolComponent.locations",
          "invocation.account",
          "invocation.arguments",
          "invocation.commandLine",
          "invocation.environmentVariables",
          "invocation.executableLocation",
          "invocation.machine",
          "invocation.processId",
          "invocation.responseFiles",
          "invocation.stderr",
          "invocation.stdin",
          "invocation.stdout",
          "invocation.stdoutStderr",
          "invocation.workingDirectory");

  private final JsonGenerator out;
  private final Cleaner cleaner;
  private final List<RunFacts> runs;
  private final ResultWriter results = new ResultWriter();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Integer> namesakes = new HashMap<>();
  private int nextRun;
  private RunFacts run = new RunFacts(List.of());
  private Judge judge = new Judge(run);
  private String list = "";
  private Different different = Different.NEED_NOT;
  private DifferentItems items = new DifferentItems();

  /** What each structure being written is to have among its properties; empty once written. */
  private final Deque<ObjectNode> marks = new ArrayDeque<>();

  Normaliser(JsonGenerator out, Cleaner cleaner, List<RunFacts> runs) {
    this.out = out;
    this.cleaner = cleaner;
    this.runs = runs;
  }

  FindingCounts counts() {
    return results.counts();
  }

  void beginLog() throws IOException {
    out.writeStartObject();
    out.writeStringField("$schema", SarifSchema.ADDRESS);
    out.writeStringField("version", SarifWalk.VERSION);
    out.writeArrayFieldStart("runs");
  }

  void endLog() throws IOException {
    out.writeEndArray();
    out.writeEndObject();
    out.flush();
  }

  @Override
  public Reading reading(String structure, String member) {
    return SKIPPED.contains(structure + "." + member) ? Reading.SKIP : Reading.READ;
  }

  @Override
  public void standsElsewhere() {}

  @Override
  public void begin(String structure) throws IOException {
    if (structure.equals("run")) {
      run = runs.get(nextRun++);
      judge = new Judge(run);
      cleaner.placeBy(run.places()::place);
      positions.clear();
      namesakes.clear();
    }
    marks.push(marks(structure));
    out.writeStartObject();
  }

  private ObjectNode marks(String structure) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    if (structure.equals("run") && run.coverage() != Coverage.FULL) {
      found.put(RunFacts.COVERAGE, RunFacts.word(run.coverage()));
    }
    if (structure.equals("toolComponent")) {
      // Too large to be compared, so those of one list are kept apart by name.
      int position = positions.merge(list, 1, Integer::sum) - 1;
      String name = run.componentNames(list).get(position);
      int earlier = namesakes.merge(list + "\n" + name, 1, Integer::sum) - 1;
      if (earlier > 0) {
        found.put(DifferentItems.COPY, earlier);
      }
    }
    return found;
  }

  @Override
  public void end(String structure) throws IOException {
    ObjectNode missing = marks.pop();
    if (!missing.isEmpty()) {
      out.writeFieldName("properties");
      JsonStreams.write(out, missing);
    }
    out.writeEndObject();
  }

  @Override
  public void member(String structure, String member) throws IOException {
    list = member;
    out.writeFieldName(member);
  }

  @Override
  public void beginArray(String structure, String member, Different newDifferent)
      throws IOException {
    if (!structure.equals("toolComponent")) {
      list = member;
    }
    different = newDifferent;
    items = new DifferentItems();
    out.writeArrayFieldStart(member);
  }

  @Override
  public void endArray() throws IOException {
    out.writeEndArray();
  }

  @Override
  public void item(String structure, String member, ObjectNode item) throws IOException {
    if (structure.equals("run") && member.equals("results")) {
      results.complete(item, judge);
    }
    if (different == Different.MUST) {
      items.tellApart(item);
    }
    JsonStreams.write(out, item);
  }

  @Override
  public void value(String structure, String member, JsonNode value) throws IOException {
    if (member.equals("properties") && value instanceof ObjectNode properties) {
      if (structure.equals("toolComponent")) {
        properties.remove(DifferentItems.COPY);
      }
      properties.setAll(marks.element());
      marks.element().removeAll();
    }
    out.writeFieldName(member);
    JsonStreams.write(out, value);
  }

  @Override
  public void counted(String structure, String member) {
    throw new IllegalStateException("nothing is counted: " + member);
  }
}
