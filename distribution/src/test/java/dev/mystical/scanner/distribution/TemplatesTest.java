package dev.mystical.scanner.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a linter of templates would find first, for machines without one. */
class TemplatesTest {
  private static final Pattern REFERENCE =
      Pattern.compile("!(?:Ref|GetAtt) ([A-Za-z0-9]+)|\\$\\{([A-Za-z0-9]+)(?:\\.[A-Za-z]+)?}");
  private static final Pattern EXPORT = Pattern.compile("\\$\\{Foundation}-([A-Za-z]+)");
  private static final Pattern SETTING = Pattern.compile("Name: ([A-Z][A-Z_]+)[,\\n]");

  @ParameterizedTest
  @ValueSource(strings = {"foundation", "service"})
  void whatATemplateNamesItHas(String name) {
    JsonNode template = ProjectFiles.document("config/cloudformation/" + name + ".yaml");
    Set<String> known = new TreeSet<>();
    template.get("Parameters").fieldNames().forEachRemaining(known::add);
    template.get("Resources").fieldNames().forEachRemaining(known::add);
    // A variable of one Fn::Sub.
    known.add("Cluster");

    assertThat(references(name)).isNotEmpty().isSubsetOf(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foundation", "service"})
  void everyParameterIsUsed(String name) {
    Set<String> parameters = new TreeSet<>();
    ProjectFiles.document("config/cloudformation/" + name + ".yaml")
        .get("Parameters")
        .fieldNames()
        .forEachRemaining(parameters::add);

    assertThat(references(name)).containsAll(parameters);
  }

  @Test
  void theServiceTakesWhatTheFoundationGives() {
    Set<String> outputs = new TreeSet<>();
    ProjectFiles.document("config/cloudformation/foundation.yaml")
        .get("Outputs")
        .properties()
        .forEach(output -> {
          if (output.getValue().has("Export")) {
            outputs.add(output.getKey());
          }
        });

    assertThat(found(EXPORT, ProjectFiles.text("config/cloudformation/service.yaml")))
        .isNotEmpty()
        .isSubsetOf(outputs);
  }

  @Test
  void theServiceSetsSettingsThatThereAre() {
    assertThat(found(SETTING, ProjectFiles.text("config/cloudformation/service.yaml")))
        .contains("REDIS_URL", "ROLES")
        .allSatisfy(setting ->
            assertThat(ProjectFiles.text("config/reference.md"))
                .contains("`" + setting.replace("MYSTICAL", "SONAR") + "`"));
  }

  private static Set<String> references(String name) {
    return REFERENCE
        .matcher(ProjectFiles.text("config/cloudformation/" + name + ".yaml"))
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .filter(reference -> !reference.equals("AWS"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }
}
