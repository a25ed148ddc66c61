package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Tag;

class TaskEventsIT {

  private final SeenEvents events = new SeenEvents();
  private final Stand stand = new Stand(Stand.stepped().withEvents(events));

  @AfterEach
  void close() {
    stand.close();
  }

  private List<Long> versions(int count) throws InterruptedException {
    List<Long> versions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      versions.add(events.next().path("detail").path("version").asLong());
    }
    return versions;
  }

  private void liveATask() {
    stand.ecs.fate(FateRule.next(Fate.exits(0, Duration.ofSeconds(1))));
    stand.launch();
    stand.seconds(60);
  }

  @Test
  void everyChangeIsAnEvent() throws InterruptedException {
    liveATask();
    assertThat(versions(9)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void anEventHasEventBridgesShape() throws InterruptedException {
    Tag tag = Tag.builder().key("scan:id").value("1").build();
    String arn =
        stand
            .client
            .runTask(Stand.request().startedBy("scan/1/sonar").tags(tag).build())
            .tasks()
            .getFirst()
            .taskArn();
    stand.seconds(3);
    events.next();
    JsonNode event = events.next();
    assertThat(event.path("version").asText()).isEqualTo("0");
    assertThat(event.path("source").asText()).isEqualTo("aws.ecs");
    assertThat(event.path("detail-type").asText()).isEqualTo("ECS Task State Change");
    assertThat(event.path("resources").path(0).asText()).isEqualTo(arn);
    assertThat(event.path("time").asText()).isEqualTo("2026-01-01T00:00:01Z");
    JsonNode detail = event.path("detail");
    assertThat(detail.path("taskArn").asText()).isEqualTo(arn);
    assertThat(detail.path("clusterArn").asText()).endsWith("cluster/scans");
    assertThat(detail.path("startedBy").asText()).isEqualTo("scan/1/sonar");
    assertThat(detail.path("createdAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(detail.path("updatedAt").asText()).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(detail.path("attachments").path(0).path("type").asText()).isEqualTo("eni");
    assertThat(detail.has("tags")).isFalse();
    assertThat(detail.has("healthStatus")).isFalse();
  }

  @Test
  void theLastEventTellsTheWholeEnd() throws InterruptedException {
    liveATask();
    JsonNode detail = events.await("STOPPED");
    assertThat(detail.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
    assertThat(detail.path("containers").path(0).path("exitCode").asInt(-1)).isZero();
    assertThat(detail.path("stoppedAt").asText()).isEqualTo("2026-01-01T00:00:07Z");
  }

  @Test
  void eventsCanComeTwice() throws InterruptedException {
    stand.ecs.disorder(new EventDisorder(3, 0, 0));
    liveATask();
    assertThat(versions(12)).containsExactly(1L, 2L, 3L, 3L, 4L, 5L, 6L, 6L, 7L, 8L, 9L, 9L);
  }

  @Test
  void eventsCanBeLost() throws InterruptedException {
    stand.ecs.disorder(new EventDisorder(0, 3, 0));
    liveATask();
    assertThat(versions(6)).containsExactly(1L, 2L, 4L, 5L, 7L, 8L);
  }

  @Test
  void eventsCanOvertake() throws InterruptedException {
    stand.ecs.disorder(new EventDisorder(0, 0, 4));
    liveATask();
    assertThat(versions(9)).containsExactly(1L, 2L, 3L, 5L, 4L, 6L, 7L, 9L, 8L);
  }

  @Test
  void aListenerThatFailsLosesItsEventAlone() throws InterruptedException {
    SeenEvents good = new SeenEvents();
    TaskEvents bad =
        event -> {
          if (event.contains("\"version\":1,")) {
            throw new IllegalStateException("listener");
          }
          good.deliver(event);
        };
    try (Stand other = new Stand(Stand.stepped().withEvents(bad))) {
      other.launch();
      other.seconds(1);
      assertThat(good.next().path("detail").path("version").asInt()).isEqualTo(2);
    }
  }
}
