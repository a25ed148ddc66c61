package dev.mystical.scanner.http.api;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCallsIT extends ApiAnswers {
  private static final ScanKey KEY = new ScanKey(ApiStand.ACME, new ScanId("s-1"));
  private static final ScanKey OTHERS = new ScanKey(ApiStand.OTHER, new ScanId("s-1"));
  private static final String EVENTS = "/v1/events";
  private static final String SCAN = "/v1/scans/s-1/events";
  private static final String ERRORS = "/v1/errors/stream";
  private static final String LAST = "Last-Event-ID";

  LiveCallsIT() {
    super("followScan", "followEvents", "followErrors");
  }

  private Scan queued(ScanKey key) throws InterruptedException {
    return stand.note(SampleScans.queued(key, SampleScans.plain(SONAR), stand.now()));
  }

  private Scan launched(Scan scan) throws InterruptedException {
    return stand.note(SampleScans.launched(scan, SONAR, new TaskArn("arn:task/1"), stand.now()));
  }

  private Scan cancelled(Scan scan) throws InterruptedException {
    return stand.note(scan.cancelled(stand.now()));
  }

  private void fail(Subject subject, String message) {
    stand.errors.append(
        new ErrorEntry(
            "node-1-7",
            stand.now(),
            "node-1",
            "f00d",
            1,
            false,
            ErrorEvent.error(ErrorCode.TASK_FAILED, Stage.SUPERVISE, subject, message)));
  }

  private static JsonNode described(EventStream.Event event) {
    String schema = event.type().endsWith(".error") ? "ErrorEvent" : "StateEvent";
    OpenApi.THE_ONE.check(new OpenApi.SchemaName(schema), event.data());
    JsonNode data = ApiClient.json(event.data());
    assertThat(data.path("type").textValue()).isEqualTo(event.type());
    return data;
  }

  @Test
  void aScanIsFollowedFromItsBeginningToItsEnd() throws IOException, InterruptedException {
    Scan scan = queued(KEY);
    queued(OTHERS);
    try (EventStream stream = client.follow(ACME, SCAN).begun()) {
      assertThat(described(stream.next().orElseThrow()).at("/data/status").textValue())
          .isEqualTo("QUEUED");
      cancelled(launched(scan));

      List<EventStream.Event> events = stream.next(4);
      events.forEach(LiveCallsIT::described);
      assertThat(events)
          .extracting(EventStream.Event::type)
          .containsExactly(
              "dev.mystical.scanner.scan.running",
              "dev.mystical.scanner.run.launched",
              "dev.mystical.scanner.run.ended",
              "dev.mystical.scanner.scan.ended");
      assertThat(stream.next()).as("after the end").isEmpty();
    }
  }

  @Test
  void whoeverComesBackGoesOnWhereItWas() throws IOException, InterruptedException {
    cancelled(launched(queued(KEY)));
    List<EventStream.Event> all;
    try (EventStream stream = client.follow(ACME, SCAN)) {
      all = stream.next(5);
    }
    try (EventStream stream = client.follow(ACME, SCAN, LAST, all.get(1).id())) {
      assertThat(stream.next(3)).isEqualTo(all.subList(2, 5));
    }
    Reply over = client.get(ACME, SCAN, LAST, all.getLast().id());
    assertThat(over.status()).as("it would come back for ever").isEqualTo(204);
  }

  @Test
  void aRetriedScanGoesOn() throws IOException, InterruptedException {
    Scan ended = cancelled(queued(KEY));
    String last;
    try (EventStream stream = client.follow(ACME, SCAN)) {
      last = stream.next(3).getLast().id();
    }
    stand.note(ended.retried(stand.now()));

    try (EventStream stream = client.follow(ACME, SCAN, LAST, last)) {
      assertThat(described(stream.next().orElseThrow()).at("/data/status").textValue())
          .isEqualTo("RUNNING");
    }
  }

  /** I9. */
  @Test
  void aKeySeesItsTenantsEventsAlone() throws IOException, InterruptedException {
    try (EventStream mine = client.follow(ACME, EVENTS).begun();
        EventStream all = client.follow(OPERATOR, EVENTS).begun()) {
      queued(OTHERS);
      queued(KEY);

      assertThat(described(mine.next().orElseThrow()).path("tenant").textValue()).isEqualTo("acme");
      assertThat(all.next(2))
          .extracting(it -> described(it).path("tenant").textValue())
          .containsExactly("other", "acme");
    }
    assertThat(client.get(ACME, EVENTS + "?tenant=other").status()).isEqualTo(400);
  }

  @Test
  void anOperatorMayFollowOneTenant() throws IOException, InterruptedException {
    queued(OTHERS);
    queued(KEY);
    try (EventStream named = client.follow(OPERATOR, EVENTS + "?tenant=acme", LAST, "0-0")) {
      assertThat(described(named.next().orElseThrow()).path("tenant").textValue())
          .isEqualTo("acme");
    }
  }

  /** I9. */
  @Test
  void aKeySeesItsTenantsErrorsAlone() throws IOException, InterruptedException {
    try (EventStream mine = client.follow(ACME, ERRORS).begun();
        EventStream all = client.follow(OPERATOR, ERRORS).begun()) {
      fail(Subject.of(OTHERS), "others");
      fail(Subject.SYSTEM, "everybody's");
      fail(Subject.of(KEY), "mine");

      assertThat(described(mine.next().orElseThrow()).at("/data/message").textValue())
          .isEqualTo("mine");
      assertThat(all.next(3))
          .extracting(it -> described(it).at("/data/message").textValue())
          .containsExactly("others", "everybody's", "mine");
    }
    assertThat(client.get(ACME, ERRORS + "?tenant=other").status()).isEqualTo(400);
  }

  @Test
  void whatIsNoPlaceInTheLogIsRefused() throws IOException, InterruptedException {
    queued(KEY);
    for (String path : List.of(EVENTS, ERRORS, SCAN)) {
      for (String last :
          List.of("x", "1", "1-", "-1-1", "1-1 ", "99999999999999999999-0", "1-1\u00e4")) {
        if (last.strip().equals(last) && last.chars().allMatch(c -> c < 128)) {
          assertThat(client.get(ACME, path, LAST, last).status())
              .as("%s %s", path, last)
              .isEqualTo(400);
        }
      }
      assertThat(client.get(ACME, path, LAST, "1-1", LAST, "2-2").status()).isEqualTo(400);
    }
  }

  @Test
  void thereIsRoomForSoManyReaders() throws IOException, InterruptedException {
    queued(KEY);
    for (String path : List.of(EVENTS, ERRORS)) {
      try (EventStream first = client.follow(ACME, path).begun();
          EventStream second = client.follow(OTHER, path).begun()) {
        assertThat(client.get(ACME, path).status()).isEqualTo(503);
        if (path.equals(EVENTS)) {
          assertThat(client.get(ACME, SCAN).status()).isEqualTo(503);
        }
        assertThat(first).isNotSameAs(second);
      }
    }
  }

  @Test
  void aScanThatIsNotThereCannotBeFollowed() throws IOException, InterruptedException {
    assertThat(client.get(ACME, SCAN).status()).isEqualTo(404);
  }
}
