package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.wire.report.Judge.Judgement;
import dev.mystical.scanner.wire.report.Shape.Different;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The second of two walks: judges each result, and keeps the worst. What a finding says may stand
 * in its rule, which may come after it, so its words are put together at the end of its run.
 */
final class FindingsCollector implements SarifVisitor {
  static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::rule);

  private static final Set<String> READ =
      Set.of("run.results", "run.tool", "tool.driver", "tool.extensions", "toolComponent.rules");

  /** A finding without its message yet. */
  private record Candidate(Finding finding, JsonNode message) {}

  private final Iterator<RunFacts> runs;
  private final Cleaner cleaner;
  private final int most;
  // The least bad of those that are kept is the first to go.
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(Comparator.comparing(Candidate::finding, WORST_FIRST.reversed()));
  private final PriorityQueue<Finding> worst = new PriorityQueue<>(WORST_FIRST.reversed());
  private FindingCounts counts = FindingCounts.NONE;
  private Sentences sentences = new Sentences();
  private String tool = "";
  private Judge judge = new Judge(new RunFacts(List.of()));

  FindingsCollector(List<RunFacts> runs, Cleaner cleaner, int most) {
    this.runs = runs.iterator();
    this.cleaner = cleaner;
    this.most = most;
  }

  FindingCounts counts() {
    return counts;
  }

  List<Finding> worst() {
    return worst.stream().sorted(WORST_FIRST).toList();
  }

  @Override
  public Reading reading(String structure, String member) {
    return READ.contains(structure + "." + member) ? Reading.READ : Reading.SKIP;
  }

  @Override
  public void begin(String structure) {
    if (structure.equals("run")) {
      RunFacts run = runs.next();
      judge = new Judge(run);
      tool = run.componentNames("driver").stream().findFirst().orElse("");
      sentences = new Sentences();
      cleaner.placeBy(run.places()::place);
    }
  }

  @Override
  public void item(String structure, String member, ObjectNode item) {
    if (member.equals("rules")) {
      sentences.add(item);
      return;
    }
    Judgement judgement = judge.judge(item);
    if (!judgement.counts()) {
      return;
    }
    judgement
        .severity()
        .ifPresent(severity -> {
          counts = counts.plus(severity);
          JsonNode place = item.path("locations").path(0).path("physicalLocation");
          keep(
              new Candidate(
                  new Finding(
                      severity,
                      Texts.line(tool),
                      judgement.ruleId().isEmpty() ? "-" : Texts.line(judgement.ruleId()),
                      Texts.line(place.path("artifactLocation").path("uri").asText("")),
                      place.path("region").path("startLine").asInt(0),
                      ""),
                  item.path("message")));
        });
  }

  private void keep(Candidate candidate) {
    candidates.add(candidate);
    if (candidates.size() > most) {
      candidates.remove();
    }
  }

  @Override
  public void end(String structure) {
    if (!structure.equals("run")) {
      return;
    }
    for (Candidate candidate : new ArrayList<>(candidates)) {
      Finding it = candidate.finding();
      String message = sentences.message(it.rule(), candidate.message());
      worst.add(new Finding(it.severity(), it.tool(), it.rule(), it.file(), it.line(), message));
      if (worst.size() > most) {
        worst.remove();
      }
    }
    candidates.clear();
  }

  @Override
  public void standsElsewhere() {}

  @Override
  public void member(String structure, String member) {}

  @Override
  public void beginArray(String structure, String member, Different different) {}

  @Override
  public void endArray() {}

  @Override
  public void counted(String structure, String member) {
    throw new IllegalStateException("nothing is counted: " + member);
  }

  @Override
  public void value(String structure, String member, JsonNode value) {}
}
