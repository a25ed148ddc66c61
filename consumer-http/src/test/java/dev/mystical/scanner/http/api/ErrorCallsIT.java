package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrorCallsIT extends ApiAnswers {
  private static final String ERRORS = "/v1/errors";
  private static final Subject MINE =
      Subject.of(new ScanKey(ApiStand.ACME, new ScanId("s-1"))).run(SampleScans.SONAR, 1);
  private static final Subject OTHERS = Subject.of(new ScanKey(ApiStand.OTHER, new ScanId("s-2")));

  private int told;

  ErrorCallsIT() {
    super("listErrors", "listProviders", "live", "ready", "metrics", "openApi");
  }

  private void fail(Subject subject, ErrorCode code) {
    fail(subject, code, stand.now());
  }

  private void fail(Subject subject, ErrorCode code, Instant at) {
    told++;
    stand.errors.append(
        new ErrorEntry(
            "node-1-" + told,
            at,
            "node-1",
            "f00d",
            1,
            !at.equals(stand.now()),
            ErrorEvent.error(code, Stage.SUPERVISE, subject, "error " + told)
                .withRequest(Optional.of("req-1"))));
  }

  private List<String> listed(String key, String query) throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    Reply reply = client.get(key, ERRORS + query);
    assertThat(reply.status()).as(query).isEqualTo(200);
    reply.json().path("items").forEach(it -> messages.add(it.path("message").textValue()));
    return messages;
  }

  @BeforeEach
  void tellNothingYet() {
    told = 0;
  }

  /** I9. */
  @Test
  void aKeySeesItsTenantsErrorsAloneTheNewestFirst() throws IOException, InterruptedException {
    fail(MINE, ErrorCode.TASK_FAILED);
    fail(OTHERS, ErrorCode.TASK_FAILED);
    fail(Subject.SYSTEM, ErrorCode.SQS_UNAVAILABLE);
    fail(Subject.of(new MessageId("m-1")), ErrorCode.MESSAGE_INVALID);
    fail(MINE, ErrorCode.TASK_LOST);

    assertThat(listed(ACME, "")).containsExactly("error 5", "error 1");
    assertThat(listed(OTHER, "")).containsExactly("error 2");
    assertThat(listed(OPERATOR, "")).hasSize(5);
    assertThat(listed(OPERATOR, "?tenant=other")).containsExactly("error 2");
    assertThat(client.get(ACME, ERRORS + "?tenant=other").status()).isEqualTo(400);
  }

  @Test
  void theListIsNarrowed() throws IOException, InterruptedException {
    fail(MINE, ErrorCode.TASK_FAILED);
    stand.clock.advance(Duration.ofMinutes(1));
    Instant since = stand.now();
    fail(MINE, ErrorCode.TASK_LOST);

    assertThat(listed(ACME, "?code=TASK_FAILED")).containsExactly("error 1");
    assertThat(listed(ACME, "?since=" + since)).containsExactly("error 2");
    assertThat(listed(ACME, "?since=" + since.minusMillis(1))).containsExactly("error 2");
    assertThat(listed(ACME, "?since=" + since.plusMillis(1))).isEmpty();
    assertThat(listed(ACME, "?since=2000-01-01T00:00:00Z&code=TASK_LOST")).hasSize(1);
  }

  @Test
  void whatWaitedOnDiskIsNewWhenItComes() throws IOException, InterruptedException {
    fail(MINE, ErrorCode.TASK_FAILED);
    Instant since = stand.now();
    fail(MINE, ErrorCode.TASK_LOST, since.minus(Duration.ofHours(1)));
    fail(MINE, ErrorCode.TASK_FAILED);

    assertThat(listed(ACME, "?since=" + since))
        .as("one that is older does not hide those before it")
        .containsExactly("error 3", "error 2", "error 1");
  }

  @Test
  void theListIsReadPageByPage() throws IOException, InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      fail(i % 100 == 0 ? MINE : OTHERS, ErrorCode.TASK_FAILED);
    }

    List<String> messages = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get(ACME, ERRORS + "?limit=5" + cursor).json();
      page.path("items").forEach(it -> messages.add(it.path("message").textValue()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").textValue() : "";
    } while (!cursor.isEmpty());

    assertThat(messages).hasSize(12).doesNotHaveDuplicates().endsWith("error 1");
  }

  @Test
  void everythingThatIsWrongWithAQueryIsTold() throws IOException, InterruptedException {
    Reply reply =
        client.get(
            ACME, ERRORS + "?code=NO&since=yesterday&limit=501&cursor=99999999999999999999-0");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors")).hasSize(4);
    assertThat(client.get(ACME, ERRORS + "?since=%2B1000000000-12-31T23:59:59Z").status())
        .isEqualTo(200);
  }

  @Test
  void whileRedisIsAwayTheCallMayBeRepeated() throws IOException, InterruptedException {
    stand.errors.failNext(1);
    assertThat(client.get(ACME, ERRORS).status()).isEqualTo(503);
  }

  @Test
  void providersAreListed() throws IOException, InterruptedException {
    JsonNode items = client.get(ACME, "/v1/providers").json().path("items");

    assertThat(items).hasSize(2);
    assertThat(items.at("/0/taskDefinition").textValue()).isEqualTo("sonar:7");
    assertThat(items.at("/1/health").textValue()).isEqualTo("off");
  }

  @Test
  void healthNeedsNoKey() throws IOException, InterruptedException {
    assertThat(client.get("", "/livez").status()).isEqualTo(200);
    assertThat(client.get("", "/readyz").status()).isEqualTo(200);
    assertThat(client.get("", "/metrics").status()).isEqualTo(200);
    stand.health.turning = false;
    stand.health.draining = true;
    assertThat(client.get("", "/livez").status()).isEqualTo(503);
    assertThat(client.get("", "/readyz").status()).isEqualTo(503);
  }

  @Test
  void theDescriptionNeedsNoKey() throws IOException, InterruptedException {
    Reply reply = client.get("", "/openapi.yaml");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).startsWith("openapi: 3.1.0\n");
  }
}
