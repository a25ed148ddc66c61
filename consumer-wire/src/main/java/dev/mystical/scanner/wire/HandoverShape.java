package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.Handover;

/** How an attempt's results come in, as the ledger's document holds it. */
final class HandoverShape {
  private HandoverShape() {}

  static ObjectNode write(Handover handover) {
    ObjectNode node = Json.object();
    handover
        .start()
        .ifPresent(start ->
            node.putObject("start").put("task", start.task()).put("at", start.at().toString()));
    handover.completion().ifPresent(last -> node.set("done", completion(last)));
    handover.refusal().ifPresent(why -> node.set("refused", ErrorShape.write(why)));
    handover.awaitedSince().ifPresent(at -> node.put("awaited", at.toString()));
    return node;
  }

  static Handover read(Fields from) {
    return new Handover(
        from.optionalObject("start")
            .map(start -> new Handover.Start(start.text("task"), start.instant("at"))),
        from.optionalObject("done").map(HandoverShape::completion),
        from.optionalObject("refused").map(ErrorShape::read),
        from.optionalInstant("awaited"));
  }

  private static ObjectNode completion(Handover.Completion last) {
    ObjectNode node = Json.object();
    last.exitCode().ifPresent(code -> node.put("exit", code));
    last.tool().ifPresent(tool -> node.put("tool", tool));
    last.toolVersion().ifPresent(version -> node.put("version", version));
    last.error().ifPresent(error -> node.set("error", ErrorShape.write(error)));
    return node.put("at", last.at().toString());
  }

  private static Handover.Completion completion(Fields from) {
    return new Handover.Completion(
        from.optionalNumber("exit").map(Math::toIntExact),
        from.optionalText("tool"),
        from.optionalText("version"),
        from.optionalObject("error").map(ErrorShape::read),
        from.instant("at"));
  }
}
