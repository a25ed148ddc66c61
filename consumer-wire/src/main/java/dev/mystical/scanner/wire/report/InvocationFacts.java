package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.wire.report.ToolFacts.Descriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What one run of a tool's process says of itself (§3.20). */
final class InvocationFacts {
  /** Beyond so many different notifications without a level, one is taken for an error. */
  private static final int MOST_UNDECIDED = 1_000;

  private final List<LevelOverride> ruleOverrides = new ArrayList<>();
  private final List<LevelOverride> notificationOverrides = new ArrayList<>();
  private final Set<DescriptorReference> undecided = new LinkedHashSet<>();
  private boolean successful;
  private boolean toldOfError;

  /** A configurationOverride (§3.51) that sets a level. */
  private record LevelOverride(DescriptorReference descriptor, Level level) {}

  void succeeded(boolean executionSuccessful) {
    successful = executionSuccessful;
  }

  /** §3.20.14. */
  boolean successful() {
    return successful;
  }

  void addRuleOverride(JsonNode override) {
    add(override, ruleOverrides);
  }

  void addNotificationOverride(JsonNode override) {
    add(override, notificationOverrides);
  }

  private static void add(JsonNode override, List<LevelOverride> overrides) {
    String level = override.path("configuration").path("level").asText("");
    if (!level.isEmpty()) {
      overrides.add(
          new LevelOverride(DescriptorReference.of(override.path("descriptor")), Level.of(level)));
    }
  }

  /** One of toolExecutionNotifications or toolConfigurationNotifications. */
  void addNotification(JsonNode notification) {
    String level = notification.path("level").asText("");
    if (!level.isEmpty()) {
      toldOfError |= Level.of(level) == Level.ERROR;
    } else if (notification.has("descriptor")) {
      undecided.add(DescriptorReference.of(notification.path("descriptor")));
      if (undecided.size() > MOST_UNDECIDED) {
        undecided.clear();
        toldOfError = true;
      }
    }
  }

  /** §3.20.21, §3.20.22: with an error among its notifications, no run may be taken for whole. */
  boolean toldOfError(ToolFacts tool) {
    Map<Descriptor, Level> levels = resolved(notificationOverrides, tool::notification);
    return toldOfError || undecided.stream().anyMatch(it -> level(it, tool, levels) == Level.ERROR);
  }

  /** §3.58.6. */
  private static Level level(
      DescriptorReference reference, ToolFacts tool, Map<Descriptor, Level> levels) {
    Optional<Descriptor> descriptor = tool.notification(reference);
    return descriptor
        .flatMap(it -> Optional.ofNullable(levels.get(it)))
        .or(() -> descriptor.flatMap(Descriptor::level))
        .orElse(Level.WARNING);
  }

  /** The levels that this invocation gave to rules (§3.20.5). */
  Map<Descriptor, Level> ruleLevels(ToolFacts tool) {
    return resolved(ruleOverrides, tool::rule);
  }

  private static Map<Descriptor, Level> resolved(
      List<LevelOverride> overrides, Function<DescriptorReference, Optional<Descriptor>> lookup) {
    Map<Descriptor, Level> levels = new HashMap<>();
    overrides.forEach(override ->
        lookup
            .apply(override.descriptor())
            .ifPresent(descriptor -> levels.putIfAbsent(descriptor, override.level())));
    return levels;
  }
}
