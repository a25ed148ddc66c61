package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What must be known of a run before its first result can be judged; its results may come first.
 */
final class RunFacts {
  /** Among the properties of a run: that less than everything was looked at. */
  static final String COVERAGE = "mysticalScanner/coverage";

  private final ToolFacts tool = new ToolFacts();
  private final List<InvocationFacts> invocations = new ArrayList<>();
  private final Map<String, List<String>> componentNames = new HashMap<>();
  private final Places places;
  private boolean hasResults;
  private boolean hasResult;
  private Coverage atMost = Coverage.FULL;

  RunFacts(List<String> workFolders) {
    places = new Places(workFolders);
  }

  ToolFacts tool() {
    return tool;
  }

  Places places() {
    return places;
  }

  List<InvocationFacts> invocations() {
    return invocations;
  }

  InvocationFacts addInvocation() {
    invocations.add(new InvocationFacts());
    return invocations.getLast();
  }

  /** The names of the components of one list, in order. */
  List<String> componentNames(String list) {
    return componentNames.computeIfAbsent(list, unused -> new ArrayList<>());
  }

  /** §3.14.23: an array, if an empty one, says that the tool got as far as looking. */
  void hasResults() {
    hasResults = true;
  }

  /** One of them: somebody looked at something, however that ended. */
  void hasResult() {
    hasResult = true;
  }

  /** Part of the run stands in files that nobody has sent (§3.14.2). */
  void standsElsewhere() {
    atMost = atMost.atMost(Coverage.PARTIAL);
  }

  /** What an earlier reading of this run came to: never more than that again. */
  void claims(JsonNode properties) {
    for (Coverage coverage : Coverage.values()) {
      if (properties.path(COVERAGE).asText("").equals(word(coverage))) {
        atMost = atMost.atMost(coverage);
      }
    }
  }

  Coverage coverage() {
    if (!hasResults) {
      return Coverage.NONE;
    }
    boolean allFailed =
        !invocations.isEmpty() && invocations.stream().noneMatch(InvocationFacts::successful);
    if (allFailed && !hasResult) {
      return Coverage.NONE;
    }
    boolean anyTrouble =
        invocations.stream().anyMatch(it -> !it.successful() || it.toldOfError(tool));
    return atMost.atMost(anyTrouble ? Coverage.PARTIAL : Coverage.FULL);
  }

  static String word(Coverage coverage) {
    return coverage.name().toLowerCase(Locale.ROOT);
  }
}
