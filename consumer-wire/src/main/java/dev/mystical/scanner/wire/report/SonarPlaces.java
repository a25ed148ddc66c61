package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Where an issue of SonarQube is, and what else there is to be seen of it.
 *
 * <p>Its flows are of two kinds, which only their lengths tell apart, as in the server's own pages:
 * where each has one place, these are further places of the issue; otherwise each is a way through
 * the code, told from its end.
 *
 * @param project the key of the project, empty where it is not told
 */
record SonarPlaces(String project) {

  void write(JsonNode issue, ObjectNode result) {
    physical(issue)
        .ifPresent(it -> result.putArray("locations").addObject().set("physicalLocation", it));
    JsonNode flows = issue.path("flows");
    boolean ways = false;
    for (JsonNode flow : flows) {
      ways |= flow.path("locations").size() > 1;
    }
    for (JsonNode flow : flows) {
      if (ways) {
        way(flow, result);
      } else {
        flow.path("locations").forEach(it -> further(it, result));
      }
    }
  }

  private void further(JsonNode place, ObjectNode result) {
    ObjectNode location = location(place);
    if (!location.isEmpty()) {
      result.withArrayProperty("relatedLocations").add(location);
    }
  }

  private void way(JsonNode flow, ObjectNode result) {
    ArrayNode steps = SarifDraft.object().putArray("locations");
    JsonNode places = flow.path("locations");
    for (int i = places.size() - 1; i >= 0; i--) {
      ObjectNode location = location(places.path(i));
      if (!location.isEmpty()) {
        steps.addObject().set("location", location);
      }
    }
    if (steps.isEmpty()) {
      return;
    }
    ObjectNode way = result.withArrayProperty("codeFlows").addObject();
    String description = flow.path("description").asText("");
    if (!description.isEmpty()) {
      way.putObject("message").put("text", description);
    }
    way.putArray("threadFlows").addObject().set("locations", steps);
  }

  private ObjectNode location(JsonNode place) {
    ObjectNode location = SarifDraft.object();
    physical(place).ifPresent(it -> location.set("physicalLocation", it));
    String message = place.path("msg").asText("");
    if (!message.isEmpty()) {
      location.putObject("message").put("text", message);
    }
    return location;
  }

  private Optional<ObjectNode> physical(JsonNode place) {
    String file = file(place.path("component").asText(""));
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(ForeignResult.physical(file, region(place)));
  }

  /** A component's key is its project's, a colon, and its path; either may have more colons. */
  private String file(String component) {
    if (!project.isEmpty() && component.startsWith(project + ":")) {
      return component.substring(project.length() + 1);
    }
    // With no path it is the project itself.
    return component.equals(project) ? "" : component.substring(component.lastIndexOf(':') + 1);
  }

  private static ObjectNode region(JsonNode place) {
    ObjectNode region = SarifDraft.object();
    JsonNode range = place.path("textRange");
    if (range.path("startLine").isNumber()) {
      region.set("startLine", range.path("startLine"));
      ForeignResult.copy(range.path("endLine"), region, "endLine");
      column(range.path("startOffset"), region, "startColumn");
      column(range.path("endOffset"), region, "endColumn");
    } else {
      ForeignResult.copy(place.path("line"), region, "startLine");
    }
    return region;
  }

  /** Theirs begin at 0, SARIF's at 1 (§3.30.6). */
  private static void column(JsonNode offset, ObjectNode region, String name) {
    if (offset.isNumber()) {
      region.put(name, offset.asLong() + 1);
    }
  }
}
