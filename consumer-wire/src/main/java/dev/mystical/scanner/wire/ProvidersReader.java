package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the providers that a request asks for. */
final class ProvidersReader {
  static final int MOST = 10;

  private static final TextRule ID =
      TextRule.matching(
          32, ProviderId.PATTERN, "a name that fits ^" + ProviderId.PATTERN.pattern() + "$");
  private static final Section.MapRule OPTIONS =
      new Section.MapRule(
          20,
          TextRule.matching(
              64, Pattern.compile("[A-Z][A-Z0-9_]{0,63}"), "one that fits ^[A-Z][A-Z0-9_]{0,63}$"),
          TextRule.anyUpTo(512));

  private final RequestRules rules;
  private final Problems problems;
  private final Set<ProviderId> named = new HashSet<>();

  ProvidersReader(RequestRules rules, Problems problems) {
    this.rules = rules;
    this.problems = problems;
  }

  List<RequestedProvider> read(Section request) {
    if (request.node().has("providers") || rules.sender() == Sender.QUEUE) {
      return request.items("providers", MOST, place -> provider(request, place));
    }
    if (rules.known().isEmpty() || rules.known().size() > MOST) {
      request.problem(
          "providers", "is missing, and there are %d providers".formatted(rules.known().size()));
    }
    return rules.known().stream().map(RequestedProvider::of).toList();
  }

  private Optional<RequestedProvider> provider(Section request, Section.Place place) {
    if (place.value().isTextual()) {
      return request
          .text(place, ID)
          .flatMap(id -> known(id, place.pointer()))
          .map(RequestedProvider::of);
    }
    if (!place.value().isObject()) {
      return request.wrongType(place, "a string or an object");
    }
    return request.section(place).flatMap(this::provider);
  }

  private Optional<RequestedProvider> provider(Section section) {
    section.allow(List.of("id", "options", "required"));
    Optional<ProviderId> id =
        section.requiredText("id", ID).flatMap(text -> known(text, section.pointer() + "/id"));
    SortedMap<String, String> options = section.texts("options", OPTIONS);
    boolean required = section.flag("required", true);
    return id.map(known -> new RequestedProvider(known, options, required));
  }

  private Optional<ProviderId> known(String text, String pointer) {
    ProviderId id = new ProviderId(text);
    if (!rules.known().contains(id)) {
      problems.add(pointer, unknown(id), ErrorCode.PROVIDER_UNKNOWN);
    }
    if (!named.add(id)) {
      problems.add(pointer, "names %s a second time".formatted(id));
    }
    return problems.at(pointer) ? Optional.empty() : Optional.of(id);
  }

  private String unknown(ProviderId id) {
    String missing = rules.off().get(id);
    if (missing != null) {
      return "names the provider %s, which is off here: %s".formatted(id, missing);
    }
    String known = rules.known().stream().map(ProviderId::value).collect(Collectors.joining(", "));
    return "names the provider %s, which is not known here; known are: %s".formatted(id, known);
  }
}
