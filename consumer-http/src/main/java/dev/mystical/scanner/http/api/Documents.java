package dev.mystical.scanner.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Optional;

/** Writes the API's own documents. */
final class Documents {
  private Documents() {}

  /**
   * Some of a list.
   *
   * @param items each a JSON document
   * @param next where to go on
   */
  static String page(List<String> items, Optional<String> next) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode list = page.putArray("items");
    items.forEach(item -> list.addRawValue(new RawValue(item)));
    next.ifPresent(it -> page.put("next", it));
    return page.toString();
  }

  static String offer(ApiParts.Offer offer) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", offer.id())
            .put("taskDefinition", offer.taskDefinition())
            .put("container", offer.container())
            .put("health", offer.health());
    offer.detail().ifPresent(it -> node.put("detail", it));
    return node.toString();
  }
}
