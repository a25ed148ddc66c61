package dev.mystical.scanner.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Problem;
import java.util.List;

/** Writes problems as RFC 9457 wants them. */
final class ProblemDocument {
  private ProblemDocument() {}

  static String of(int status, String detail, List<Problem> errors) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", StatusPhrase.of(status))
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      ArrayNode list = document.putArray("errors");
      for (Problem error : errors) {
        list.addObject().put("detail", error.detail()).put("pointer", error.pointer());
      }
    }
    return document.toString();
  }
}
