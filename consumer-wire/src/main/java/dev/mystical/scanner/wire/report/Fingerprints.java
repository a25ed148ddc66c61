package dev.mystical.scanner.wire.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names each result of one report by what stays when lines move: its rule, its file, the code it
 * stands on (or where that is not told, its message without numbers), and for results that have all
 * of this in common, their order.
 */
final class Fingerprints {
  /** The name of ours among a result's partial fingerprints (§3.27.17). */
  static final String NAME = "mysticalScanner/v1";

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NUMBERS = Pattern.compile("\\d+");

  private final Map<String, Integer> occurrences = new HashMap<>();

  String next(String ruleId, JsonNode result) {
    JsonNode location = result.path("locations").path(0);
    JsonNode physical = location.path("physicalLocation");
    String path = physical.path("artifactLocation").path("uri").asText("");
    String logical =
        location.path("logicalLocations").path(0).path("fullyQualifiedName").asText("");
    String snippet = physical.path("region").path("snippet").path("text").asText("");
    String told = snippet.isBlank() ? withoutNumbers(message(result.path("message"))) : snippet;
    String text = BLANKS.matcher(told.strip()).replaceAll(" ");
    String same =
        hash(String.join("\n", line(ruleId), path, path.isEmpty() ? line(logical) : "", text));
    return hash(same + "\n" + occurrences.merge(same, 1, Integer::sum));
  }

  private static String withoutNumbers(String message) {
    return NUMBERS.matcher(message).replaceAll("0");
  }

  /** §3.11: its text, else the name of one and what is to be put into it. */
  private static String message(JsonNode message) {
    String text = message.path("text").asText("");
    return text.isEmpty() ? message.path("id").asText("") + message.path("arguments") : text;
  }

  private static String line(String text) {
    return text.replace('\n', ' ');
  }

  private static String hash(String text) {
    return Sha256.start().updated(text.getBytes(UTF_8)).hex();
  }
}
