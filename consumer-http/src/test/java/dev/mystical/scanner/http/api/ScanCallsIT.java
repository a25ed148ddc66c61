package dev.mystical.scanner.http.api;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.Outgoing;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanCallsIT extends ApiAnswers {
  private static final ScanKey KEY = new ScanKey(ApiStand.ACME, new ScanId("s-1"));
  private static final String SCAN = "/v1/scans/s-1";

  ScanCallsIT() {
    super("listScans", "getScan", "cancelScan", "retryScan", "redeliverScan");
  }

  private Scan queued(ScanKey key) {
    return SampleScans.queued(key, SampleScans.full(), stand.now());
  }

  private Scan running() throws InterruptedException {
    stand.note(queued(KEY));
    return stand.note(
        SampleScans.launched(
            queued(KEY), SONAR, new TaskArn("arn:aws:ecs:x:1:task/1"), stand.now()));
  }

  /** Its callback is to be told. */
  private Scan failed() throws InterruptedException {
    Scan scan = running();
    Scan half = SampleScans.failed(scan, MYSTICAL, ErrorCode.ECS_CAPACITY, stand.now());
    return stand.note(SampleScans.failed(half, SONAR, ErrorCode.TASK_FAILED, stand.now()));
  }

  private void refuse() throws InterruptedException {
    stand.ledger.settle(
        new MessageId("m-9"),
        Optional.of(
            new RefusedScan(
                KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), stand.now())),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(KEY), "no"));
  }

  @Test
  void aScanIsShownWithWhatItsRunsSay() throws IOException, InterruptedException {
    running();
    stand.progress.note(
        KEY,
        SONAR,
        new Progress(Optional.of("scan"), Optional.of(40), Optional.empty(), stand.now()));

    Reply reply = client.get(ACME, SCAN);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("status").textValue()).isEqualTo("RUNNING");
    assertThat(reply.json().at("/runs/0/progress/percent").intValue()).isEqualTo(40);
    assertThat(reply.json().at("/links/cancel").textValue()).isEqualTo(SCAN + "/cancel");
  }

  @Test
  void aScanThatHasEndedIsShownWithItsWebhook() throws IOException, InterruptedException {
    failed();
    Outgoing webhook = stand.outbox.claim(1, Duration.ofMinutes(1)).webhooks().getFirst();
    stand.outbox.end(webhook, CallbackState.Status.DELIVERED);

    JsonNode scan = client.get(ACME, SCAN).json();

    assertThat(scan.at("/callback/status").textValue()).isEqualTo("DELIVERED");
    assertThat(scan.at("/callback/tries").intValue()).isEqualTo(1);
    assertThat(scan.path("verdict").textValue()).isEqualTo("UNKNOWN");
    assertThat(scan.path("coverage").textValue()).isEqualTo("none");
  }

  @Test
  void whatIsKnownIsShownAlthoughMoreIsNot() throws IOException, InterruptedException {
    running();
    stand.progress.failNext(1);
    assertThat(client.get(ACME, SCAN).status()).isEqualTo(200);
  }

  @Test
  void aRefusedScanIsShownAndCannotBeChanged() throws IOException, InterruptedException {
    refuse();

    assertThat(client.get(ACME, SCAN).json().path("status").textValue()).isEqualTo("FAILED");
    for (String change : List.of("/cancel", "/retry", "/redeliver")) {
      assertThat(client.post(ACME, SCAN + change).status()).as(change).isEqualTo(409);
    }
  }

  /** I9. */
  @Test
  void anotherTenantsScanIsNotThere() throws IOException, InterruptedException {
    failed();
    for (String call : List.of("", "/cancel", "/retry", "/redeliver", "/report", "/events")) {
      String method = List.of("", "/report", "/events").contains(call) ? "GET" : "POST";
      Reply others = client.call(method, OTHER, SCAN + call, "");
      Reply none = client.call(method, OTHER, "/v1/scans/none" + call, "");

      assertThat(others.status()).as(call).isEqualTo(404);
      assertThat(others.bytes()).as(call).isEqualTo(none.bytes());
      assertThat(client.call(method, OTHER, SCAN + call + "?tenant=acme", "").status())
          .as(call)
          .isEqualTo(400);
    }
    assertThat(stand.stored(KEY).status()).isEqualTo(ScanStatus.FAILED);
    assertThat(client.get(OTHER, "/v1/scans").json().path("items")).isEmpty();
    assertThat(client.get(OTHER, "/v1/scans?tenant=acme").status()).isEqualTo(400);
  }

  @Test
  void whatIsNoIdIsNotThere() throws IOException, InterruptedException {
    for (String id : List.of("%00", "a%20b", "a.b", "x".repeat(65), "%C3%A4", "..", "%2e%2e")) {
      assertThat(client.get(ACME, "/v1/scans/" + id).status()).as(id).isEqualTo(404);
    }
  }

  @Test
  void anOperatorSeesAllTenants() throws IOException, InterruptedException {
    ScanKey same = new ScanKey(Tenant.DEFAULT, KEY.id());
    stand.note(queued(KEY));
    assertThat(tenant(client.get(OPERATOR, SCAN))).isEqualTo("acme");
    stand.note(queued(same));
    assertThat(tenant(client.get(OPERATOR, SCAN))).isEqualTo("default");
    assertThat(tenant(client.get(OPERATOR, SCAN + "?tenant=acme"))).isEqualTo("acme");
    assertThat(client.get(OPERATOR, SCAN + "?tenant=other").status()).isEqualTo(404);
    assertThat(client.get(OPERATOR, SCAN + "?tenant=No").status()).isEqualTo(400);

    assertThat(client.get(OPERATOR, "/v1/scans").json().path("items")).hasSize(2);
    assertThat(client.get(OPERATOR, "/v1/scans?tenant=acme").json().path("items")).hasSize(1);
  }

  private static String tenant(Reply reply) {
    return reply.json().path("tenant").textValue();
  }

  @Test
  void whileTheLedgerIsAwayTheCallMayBeRepeated() throws IOException, InterruptedException {
    failed();
    for (String call : List.of("/cancel", "/retry", "/redeliver")) {
      stand.ledger.failNext(1);
      assertThat(client.post(ACME, SCAN + call).status()).as(call).isEqualTo(503);
    }
    stand.ledger.failNext(1);
    assertThat(client.get(ACME, SCAN).status()).isEqualTo(503);
    stand.index.failNext(1);
    assertThat(client.get(ACME, "/v1/scans").status()).isEqualTo(503);
  }

  @Test
  void aListIsReadPageByPage() throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      stand.clock.advance(Duration.ofSeconds(1));
      stand.note(queued(new ScanKey(ApiStand.ACME, new ScanId("s-" + i))));
      stand.note(queued(new ScanKey(ApiStand.OTHER, new ScanId("o-" + i))));
    }

    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get(ACME, "/v1/scans?limit=2" + cursor).json();
      page.path("items").forEach(it -> ids.add(it.path("scanId").textValue()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").textValue() : "";
    } while (!cursor.isEmpty());

    assertThat(ids).containsExactly("s-4", "s-3", "s-2", "s-1", "s-0");
  }

  @Test
  void aListIsNarrowed() throws IOException, InterruptedException {
    failed();
    stand.note(queued(new ScanKey(ApiStand.ACME, new ScanId("s-2"))));

    assertThat(listed("?status=FAILED")).containsExactly("s-1");
    assertThat(listed("?status=QUEUED")).containsExactly("s-2");
    assertThat(listed("?project=payments")).containsExactlyInAnyOrder("s-1", "s-2");
    assertThat(listed("?project=ledger")).isEmpty();
  }

  private Set<String> listed(String query) throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    client
        .get(ACME, "/v1/scans" + query)
        .json()
        .path("items")
        .forEach(it -> ids.add(it.path("scanId").textValue()));
    return ids;
  }

  @Test
  void everythingThatIsWrongWithAQueryIsTold() throws IOException, InterruptedException {
    Reply reply =
        client.get(ACME, "/v1/scans?status=NO&limit=201&project=No%20Key&sort=up&status=FAILED");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors")).hasSize(4);
    stand.note(queued(KEY));
    stand.note(queued(new ScanKey(ApiStand.OTHER, new ScanId("o-1"))));
    stand.note(queued(new ScanKey(ApiStand.OTHER, new ScanId("o-2"))));
    String foreign = client.get(OTHER, "/v1/scans?limit=1").json().path("next").textValue();
    for (String query :
        List.of("limit=0", "limit=x", "limit=", "cursor=x", "cursor=", "cursor=" + foreign)) {
      assertThat(client.get(ACME, "/v1/scans?" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void cancelEndsTheScan() throws IOException, InterruptedException {
    running();

    Reply reply = client.post(ACME, SCAN + "/cancel");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("status").textValue()).isEqualTo("CANCELLED");
    assertThat(stand.stored(KEY).status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(client.post(ACME, SCAN + "/cancel").status()).isEqualTo(409);
  }

  @Test
  void retryStartsAnew() throws IOException, InterruptedException {
    running();
    assertThat(client.post(ACME, SCAN + "/retry").status()).isEqualTo(409);
    client.post(ACME, SCAN + "/cancel");

    Reply reply = client.post(ACME, SCAN + "/retry");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("status").textValue()).isEqualTo("RUNNING");
    assertThat(stand.stored(KEY).series()).isEqualTo(1);
  }

  @Test
  void redeliverSendsTheWebhookAgain() throws IOException, InterruptedException {
    running();
    assertThat(client.post(ACME, SCAN + "/redeliver").status()).isEqualTo(409);
    client.post(ACME, SCAN + "/cancel");
    Outgoing webhook = stand.outbox.claim(1, Duration.ofMinutes(1)).webhooks().getFirst();
    stand.outbox.end(webhook, CallbackState.Status.FAILED);

    Reply reply = client.post(ACME, SCAN + "/redeliver");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().at("/callback/status").textValue()).isEqualTo("PENDING");
    Outgoing again = stand.outbox.claim(1, Duration.ofMinutes(1)).webhooks().getFirst();
    assertThat(again.id()).isEqualTo(webhook.id());
    assertThat(again.body()).isEqualTo(webhook.body());
  }

  @Test
  void thereMustBeAWebhookToSend() throws IOException, InterruptedException {
    Scan untold = SampleScans.queued(KEY, SampleScans.plain(SONAR), stand.now());
    stand.note(untold);
    stand.note(untold.cancelled(stand.now()));

    assertThat(client.post(ACME, SCAN + "/redeliver").status()).isEqualTo(409);
  }

  @Test
  void otherMethodsAreNotAllowed() throws IOException, InterruptedException {
    for (String method : List.of("PUT", "DELETE", "PATCH")) {
      Reply reply = client.call(method, ACME, SCAN, "");
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).contains("GET, HEAD, OPTIONS");
    }
    assertThat(client.get(ACME, "/v1/scan").status()).isEqualTo(404);
    assertThat(client.call("POST", ACME, SCAN + "/cancel", "x".repeat(100_000)).status())
        .as("a body that nobody asked for")
        .isIn(404, 413);
  }
}
