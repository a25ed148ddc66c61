package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Requests as texts, and what a server that knows sonar and mystical makes of them. */
final class SampleRequests {
  private SampleRequests() {}

  /** A good request, with one field set or replaced. */
  static String with(String field) {
    StringBuilder document = new StringBuilder("{").append(field);
    Map<String, String> rest =
        new TreeMap<>(
            Map.of(
                "project", "{\"key\": \"payments\"}",
                "target", "{\"type\": \"web\", \"url\": \"https://app.example.com\"}",
                "providers", "[\"sonar\"]"));
    rest.forEach((name, value) -> {
      if (!field.startsWith("\"" + name + "\"")) {
        document.append(", \"").append(name).append("\": ").append(value);
      }
    });
    return document.append("}").toString();
  }

  static JsonRequestDecoder decoder(Sender sender, PathTargets paths) {
    return new JsonRequestDecoder(
        new RequestRules(Set.of(SampleScans.SONAR, SampleScans.MYSTICAL), sender, paths));
  }

  static Decoded decode(String document) {
    return decoder(Sender.QUEUE, PathTargets.REFUSED).decode(document);
  }

  static ScanRequest accepted(String document) {
    return switch (decode(document)) {
      case Decoded.Request request -> request.request();
      case Decoded.Invalid invalid -> throw new AssertionError(invalid);
    };
  }

  /** None for a good request. */
  static List<Problem> problems(String document) {
    return switch (decode(document)) {
      case Decoded.Request request -> List.of();
      case Decoded.Invalid invalid -> invalid.problems();
    };
  }
}
