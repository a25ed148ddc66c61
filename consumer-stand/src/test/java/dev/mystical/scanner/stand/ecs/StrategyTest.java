package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTest {

  private static final Cluster CLUSTER =
      new Cluster("c", "arn", List.of(), List.of(), Duration.ofHours(1));

  private static List<String> places(String strategy, int count) {
    ObjectNode request = Json.read("{\"capacityProviderStrategy\":" + strategy + "}");
    return Strategy.places(request, CLUSTER, count).stream().map(Placement::market).toList();
  }

  @Test
  void theBaseComesFirstAndTheRestByWeight() {
    String strategy =
        """
        [{"capacityProvider":"FARGATE","base":2,"weight":1},
         {"capacityProvider":"FARGATE_SPOT","weight":3}]\
        """;
    assertThat(places(strategy, 6))
        .containsExactly(
            "FARGATE", "FARGATE", "FARGATE_SPOT", "FARGATE_SPOT", "FARGATE", "FARGATE_SPOT");
  }

  @Test
  void aWeightOfZeroGetsNothing() {
    String strategy =
        """
        [{"capacityProvider":"FARGATE","weight":0},
         {"capacityProvider":"FARGATE_SPOT","weight":1}]\
        """;
    assertThat(places(strategy, 3)).containsOnly("FARGATE_SPOT");
  }

  @Test
  void withoutAStrategyItIsTheLaunchType() {
    assertThat(Strategy.places(Json.read("{\"launchType\":\"FARGATE\"}"), CLUSTER, 1))
        .containsExactly(new Placement("FARGATE", ""));
    assertThat(Strategy.places(Json.object(), CLUSTER, 1))
        .containsExactly(new Placement("EC2", ""));
  }
}
