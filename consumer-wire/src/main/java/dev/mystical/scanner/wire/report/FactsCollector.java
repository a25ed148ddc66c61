package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.Shape.Different;
import dev.mystical.scanner.wire.report.ToolFacts.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first of two walks: collects what results depend on, and counts what is limited. */
final class FactsCollector implements SarifVisitor {
  private static final int MOST_RUNS = 1_000;
  private static final int MOST_STRUCTURES = 10_000;

  /** Of all identifiers and paths that are kept together. */
  private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

  private static final Set<String> READ =
      Set.of(
          "run.artifacts",
          "run.externalPropertyFileReferences",
          "run.invocations",
          "run.originalUriBaseIds",
          "run.policies",
          "run.properties",
          "run.taxonomies",
          "run.tool",
          "run.translations",
          "tool.driver",
          "tool.extensions",
          "toolComponent.guid",
          "toolComponent.name",
          "toolComponent.notifications",
          "toolComponent.rules",
          "invocation.executionSuccessful",
          "invocation.notificationConfigurationOverrides",
          "invocation.ruleConfigurationOverrides",
          "invocation.toolConfigurationNotifications",
          "invocation.toolExecutionNotifications",
          "invocation.workingDirectory");

  private final List<String> workFolders;
  private final ReportLimits limits;
  private final List<RunFacts> runs = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private boolean standsElsewhere;
  private long characters;
  private String list = "";
  private Component component = new ToolFacts().driver();
  private InvocationFacts invocation = new InvocationFacts();

  FactsCollector(List<String> workFolders, ReportLimits limits) {
    this.workFolders = workFolders;
    this.limits = limits;
  }

  /** What was found of each run. */
  List<RunFacts> runs() {
    if (standsElsewhere) {
      runs.forEach(RunFacts::standsElsewhere);
    }
    return runs;
  }

  @Override
  public Reading reading(String structure, String member) {
    if (structure.equals("run") && member.equals("results")) {
      return Reading.COUNT;
    }
    return READ.contains(structure + "." + member) ? Reading.READ : Reading.SKIP;
  }

  @Override
  public void standsElsewhere() {
    standsElsewhere = true;
  }

  @Override
  public void begin(String structure) throws ReportTooLarge {
    switch (structure) {
      case "run" -> {
        count("runs", MOST_RUNS);
        runs.add(new RunFacts(workFolders));
      }
      case "toolComponent" -> {
        count("tool components", MOST_STRUCTURES);
        component =
            switch (list) {
              case "driver" -> run().tool().driver();
              case "extensions" -> run().tool().addExtension();
              // Their descriptors are no rules (§3.19.3).
              default -> new ToolFacts().driver();
            };
      }
      case "invocation" -> {
        count("invocations", MOST_STRUCTURES);
        invocation = run().addInvocation();
      }
      default -> {}
    }
  }

  @Override
  public void member(String structure, String member) {
    list = member;
  }

  @Override
  public void beginArray(String structure, String member, Different different) {
    if (!structure.equals("toolComponent")) {
      list = member;
    }
    if (structure.equals("run") && member.equals("results")) {
      run().hasResults();
    }
  }

  @Override
  public void counted(String structure, String member) throws ReportTooLarge {
    count(member, limits.results());
    run().hasResult();
  }

  @Override
  public void item(String structure, String member, ObjectNode item) throws ReportTooLarge {
    count(member, limits.items());
    switch (member) {
      case "artifacts" -> {
        keep(item.path("location"), "uri", "uriBaseId");
        run().places().addArtifact(item);
      }
      case "rules" -> {
        keep(item, "id", "guid");
        component.rules.add(item);
      }
      case "notifications" -> {
        keep(item, "id", "guid");
        component.notifications.add(item);
      }
      case "ruleConfigurationOverrides" -> {
        keep(item.path("descriptor"), "id", "guid");
        invocation.addRuleOverride(item);
      }
      case "notificationConfigurationOverrides" -> {
        keep(item.path("descriptor"), "id", "guid");
        invocation.addNotificationOverride(item);
      }
      case "toolConfigurationNotifications", "toolExecutionNotifications" -> {
        keep(item.path("descriptor"), "id", "guid");
        invocation.addNotification(item);
      }
      default -> {}
    }
  }

  @Override
  public void value(String structure, String member, JsonNode value) {
    switch (structure + "." + member) {
      case "run.externalPropertyFileReferences" -> {
        if (!value.isEmpty()) {
          run().standsElsewhere();
        }
      }
      case "run.originalUriBaseIds" -> run().places().addBases(value);
      case "run.properties" -> run().claims(value);
      case "toolComponent.guid" -> component.identify(value.asText());
      case "toolComponent.name" -> run().componentNames(list).add(value.asText());
      case "invocation.executionSuccessful" -> invocation.succeeded(value.asBoolean());
      case "invocation.workingDirectory" -> run().places().addWorkingDirectory(value);
      default -> {}
    }
  }

  private void keep(JsonNode node, String... texts) throws ReportTooLarge {
    for (String text : texts) {
      characters += node.path(text).asText("").length();
    }
    if (characters > MOST_CHARACTERS) {
      throw new ReportTooLarge(
          "identifiers and paths have more than %d characters".formatted(MOST_CHARACTERS));
    }
  }

  private RunFacts run() {
    return runs.getLast();
  }

  private void count(String kind, int most) throws ReportTooLarge {
    if (counts.merge(kind, 1, Integer::sum) > most) {
      throw new ReportTooLarge("there are more than %d %s".formatted(most, kind));
    }
  }

  @Override
  public void end(String structure) {}

  @Override
  public void endArray() {}
}
