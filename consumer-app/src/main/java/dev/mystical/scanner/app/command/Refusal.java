package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Problem;
import java.util.List;

/** Tells why a request cannot be one, with every problem there is. */
final class Refusal {
  private Refusal() {}

  static void tell(String why, List<Problem> problems, Terminal terminal, boolean json) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      ArrayNode list = document.putArray("errors");
      problems.forEach(
          it -> list.addObject().put("detail", it.detail()).put("pointer", it.pointer()));
      terminal.answer(document.toString());
      return;
    }
    terminal.say(Terminal.plain(why));
    for (Problem problem : problems) {
      String where = problem.pointer().isEmpty() ? "the document" : problem.pointer();
      terminal.say("  %s: %s".formatted(Terminal.plain(where), Terminal.plain(problem.detail())));
    }
  }
}
