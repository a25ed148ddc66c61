package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events as they arrive, for tests that wait for one. */
final class SeenEvents implements TaskEvents {

  private final LinkedBlockingQueue<JsonNode> queue = new LinkedBlockingQueue<>();

  @Override
  public void deliver(String event) {
    queue.add(Json.read(event));
  }

  JsonNode next() throws InterruptedException {
    JsonNode event = queue.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event within 20 s");
    }
    return event;
  }

  /** The detail of the first event that shows this status, passing over all others. */
  JsonNode await(String lastStatus) throws InterruptedException {
    JsonNode detail = next().path("detail");
    while (!Json.text(detail, "lastStatus").equals(lastStatus)) {
      detail = next().path("detail");
    }
    return detail;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
