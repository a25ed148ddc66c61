package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.collect.Progress;

/** How far a run says it is, as the progress board keeps it. */
public final class ProgressDocument {
  private ProgressDocument() {}

  public static String encode(Progress progress) {
    ObjectNode node = Json.object();
    progress.phase().ifPresent(phase -> node.put("phase", phase));
    progress.percent().ifPresent(percent -> node.put("percent", percent));
    progress.message().ifPresent(message -> node.put("message", message));
    return Json.text(node.put("at", progress.at().toString()));
  }

  /** Reads it, or throws {@link UnreadableDocument}. */
  public static Progress decode(String document) {
    return Fields.reading("the progress", () -> progress(Json.read(document)));
  }

  private static Progress progress(Fields from) {
    return new Progress(
        from.optionalText("phase"),
        from.optionalNumber("percent").map(Math::toIntExact),
        from.optionalText("message"),
        from.instant("at"));
  }
}
