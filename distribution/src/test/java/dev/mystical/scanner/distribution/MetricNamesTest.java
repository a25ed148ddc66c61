package dev.mystical.scanner.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.app.metrics.Counters;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An alert on a number that nobody tells never fires. */
class MetricNamesTest {
  private static final Pattern NAME = Pattern.compile("\\bscanner_[a-z_]+");
  private static final String DASHBOARD = "config/grafana/scanner-consumer.json";
  private static final String ALERTS = "config/prometheus/alerts.yml";

  @Test
  void alertsAskForNumbersThatTheServerTells() {
    assertThat(names(ProjectFiles.text(ALERTS))).isNotEmpty().isSubsetOf(told());
  }

  @Test
  void theDashboardShowsNumbersThatTheServerTells() {
    assertThat(names(ProjectFiles.text(DASHBOARD))).isNotEmpty().isSubsetOf(told());
  }

  @Test
  void eachAlertSaysWhatIsWrongAndWhatToDo() {
    for (JsonNode rule : ProjectFiles.document(ALERTS).at("/groups/0/rules")) {
      assertThat(rule.at("/annotations/summary").asText()).as(rule.toString()).isNotBlank();
      assertThat(rule.at("/annotations/action").asText()).as(rule.toString()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText())
          .as(rule.toString())
          .isIn("page", "warn", "info");
    }
  }

  @Test
  void theDashboardsPanelsDoNotOverlap() {
    Set<String> places = new TreeSet<>();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : ProjectFiles.document(DASHBOARD).get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).as(panel.toString()).isTrue();
      JsonNode at = panel.get("gridPos");
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          assertThat(places.add(x + "," + y)).as("%s at %s,%s", panel.get("title"), x, y).isTrue();
          assertThat(x).isLessThan(24);
        }
      }
    }
  }

  /** What stands in the sources as a literal, and what counters make of their names. */
  private static Set<String> told() {
    return Stream.concat(
            ProjectFiles.sources("").stream().flatMap(source -> names(source).stream()),
            Stream.of(Counters.Count.values()).map(Counters.Count::metric))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
