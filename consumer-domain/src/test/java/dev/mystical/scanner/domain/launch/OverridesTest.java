package dev.mystical.scanner.domain.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OverridesTest {
  private static final String ALPHABET = "aZ09 _-=/\"\\\t\n\r\b\f\u0001\u001f€💳";

  @Test
  void theLengthIsThatOfTheDocumentThatIsSent() {
    Seeds.check(
        500,
        random -> {
          SortedMap<String, String> variables = new TreeMap<>();
          for (int i = random.nextInt(6); i > 0; i--) {
            variables.put(text(random), text(random));
          }
          TaskRequest request = request(text(random), variables);
          assertThat(Overrides.length(request)).isEqualTo(json(request).length());
        });
  }

  @Test
  void ecsTakesEightThousandOneHundredAndNinetyTwoCharacters() {
    assertThat(Overrides.LONGEST).isEqualTo(8192);
  }

  private static String json(TaskRequest request) {
    String variables =
        request.environment().entrySet().stream()
            .map(it -> "{\"name\":" + json(it.getKey()) + ",\"value\":" + json(it.getValue()) + "}")
            .collect(Collectors.joining(","));
    return "{\"containerOverrides\":[{\"name\":"
        + json(request.container())
        + ",\"environment\":["
        + variables
        + "]}]}";
  }

  private static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < 0x20 ? "\\u%04X".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }

  private static String text(RandomGenerator random) {
    return random
        .ints(random.nextInt(12), 0, ALPHABET.length())
        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
        .collect(Collectors.joining());
  }

  private static TaskRequest request(String container, SortedMap<String, String> variables) {
    return new TaskRequest(
        "scans",
        "scanner:7",
        container,
        new Placement.ClusterDefault(),
        Network.NONE,
        variables,
        "scan/x/y",
        new LinkedHashMap<>(Map.of()),
        "token");
  }
}
