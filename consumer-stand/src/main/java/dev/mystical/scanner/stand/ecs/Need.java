package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToIntFunction;

/** What a task takes from its container instance: CPU units and MiB. */
record Need(int cpu, int memory) {

  /** That of the task, else the sum of its containers'. */
  static Need of(JsonNode overrides, TaskDefinition definition) {
    return new Need(
        amount(Json.text(overrides, "cpu"), definition.cpu(), definition, Need::cpuOf),
        amount(Json.text(overrides, "memory"), definition.memory(), definition, Need::memoryOf));
  }

  private static int amount(
      String overridden, String defined, TaskDefinition definition, ToIntFunction<JsonNode> each) {
    String whole = overridden.isEmpty() ? defined : overridden;
    return whole.matches("[0-9]{1,9}")
        ? Integer.parseInt(whole)
        : definition.containers().stream().mapToInt(each).sum();
  }

  private static int cpuOf(JsonNode container) {
    return container.path("cpu").asInt(0);
  }

  /** ContainerDefinition: a reservation, where there is one, is what is taken from the instance. */
  private static int memoryOf(JsonNode container) {
    return container.path("memoryReservation").asInt(container.path("memory").asInt(0));
  }
}
