package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run's tool says of its rules and notifications (§3.18), as far as levels need it. */
final class ToolFacts {
  private final Component driver = new Component();
  private final List<Component> extensions = new ArrayList<>();

  /** One reportingDescriptor (§3.49). Two of them are the same only if they are one object. */
  static final class Descriptor {
    private final String id;
    private final Optional<Level> level;
    private final Optional<Severity> severity;

    private Descriptor(JsonNode node) {
      this.id = node.path("id").asText();
      this.level =
          Optional.of(node.path("defaultConfiguration").path("level").asText(""))
              .filter(word -> !word.isEmpty())
              .map(Level::of);
      this.severity = SecuritySeverity.of(node);
    }

    String id() {
      return id;
    }

    /** {@code defaultConfiguration.level} (§3.50.3). */
    Optional<Level> level() {
      return level;
    }

    Optional<Severity> severity() {
      return severity;
    }
  }

  /** The descriptors of one kind of one component. */
  static final class Descriptors {
    private final List<Descriptor> all = new ArrayList<>();
    private final Map<String, Descriptor> byId = new HashMap<>();
    private final Map<String, Descriptor> byGuid = new HashMap<>();

    void add(JsonNode node) {
      Descriptor descriptor = new Descriptor(node);
      all.add(descriptor);
      byId.putIfAbsent(descriptor.id(), descriptor);
      String guid = node.path("guid").asText("");
      if (!guid.isEmpty()) {
        byGuid.putIfAbsent(guid, descriptor);
      }
    }

    private Optional<Descriptor> find(DescriptorReference reference) {
      if (reference.index() >= 0 && reference.index() < all.size()) {
        return Optional.of(all.get((int) reference.index()));
      }
      return Optional.ofNullable(byGuid.get(reference.guid())).or(() -> byId(reference.id()));
    }

    /** §3.52.4: an id may have one component more than that of its descriptor. */
    private Optional<Descriptor> byId(String id) {
      int slash = id.lastIndexOf('/');
      return Optional.ofNullable(byId.get(id))
          .or(() -> Optional.ofNullable(slash < 0 ? null : byId.get(id.substring(0, slash))));
    }
  }

  /** The driver, or one of the extensions (§3.19). */
  static final class Component {
    final Descriptors rules = new Descriptors();
    final Descriptors notifications = new Descriptors();
    private String guid = "";

    void identify(String newGuid) {
      guid = newGuid;
    }
  }

  Component driver() {
    return driver;
  }

  Component addExtension() {
    extensions.add(new Component());
    return extensions.getLast();
  }

  Optional<Descriptor> rule(DescriptorReference reference) {
    Optional<Descriptor> found = component(reference).flatMap(it -> it.rules.find(reference));
    if (found.isPresent() || reference.namesComponent() || reference.id().isEmpty()) {
      return found;
    }
    // The standard's lookup ends here, but tools leave out which extension they mean.
    return extensions.stream().flatMap(it -> it.rules.byId(reference.id()).stream()).findFirst();
  }

  Optional<Descriptor> notification(DescriptorReference reference) {
    return component(reference).flatMap(it -> it.notifications.find(reference));
  }

  /** §3.54.2. */
  private Optional<Component> component(DescriptorReference reference) {
    if (reference.componentIndex() >= 0) {
      return reference.componentIndex() < extensions.size()
          ? Optional.of(extensions.get((int) reference.componentIndex()))
          : Optional.empty();
    }
    return reference.componentGuid().isEmpty()
        ? Optional.of(driver)
        : extensions.stream()
            .filter(it -> it.guid.equals(reference.componentGuid()))
            .findFirst()
            .or(() -> Optional.of(driver).filter(it -> it.guid.equals(reference.componentGuid())));
  }
}
