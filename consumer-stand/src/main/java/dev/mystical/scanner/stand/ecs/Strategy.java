package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which place each task of a call gets ("CapacityProviderStrategyItem": first the base, the rest by
 * weight). It never moves on to another provider when one has no room: "Fargate doesn't replace
 * Spot capacity with on-demand capacity".
 */
final class Strategy {

  private Strategy() {}

  static List<Placement> places(ObjectNode request, Cluster cluster, int count) {
    String launchType = Json.text(request, "launchType");
    List<JsonNode> strategy = Json.items(request, "capacityProviderStrategy").toList();
    if (launchType.isEmpty() && strategy.isEmpty()) {
      strategy = cluster.defaultStrategy();
    }
    List<Placement> places = new ArrayList<>();
    if (strategy.isEmpty()) {
      // RunTask reference: without either the cluster's default strategy, else EC2.
      String type = launchType.isEmpty() ? "EC2" : launchType;
      for (int i = 0; i < count; i++) {
        places.add(new Placement(type, ""));
      }
      return places;
    }
    int[] given = new int[strategy.size()];
    for (int i = 0; i < count; i++) {
      int chosen = choose(strategy, given);
      given[chosen]++;
      places.add(Placement.onProvider(Json.text(strategy.get(chosen), "capacityProvider")));
    }
    return places;
  }

  private static int choose(List<JsonNode> strategy, int[] given) {
    int best = 0;
    double most = -1;
    for (int i = 0; i < given.length; i++) {
      JsonNode item = strategy.get(i);
      int base = item.path("base").asInt(0);
      if (given[i] < base) {
        return i;
      }
      double share = item.path("weight").asInt(0) / (given[i] - base + 1.0);
      if (share > most) {
        most = share;
        best = i;
      }
    }
    return best;
  }
}
