package dev.mystical.scanner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
  private static final Instant LATER = SampleScans.START.plusSeconds(99);

  @Test
  void aScansEventHoldsTheScan() {
    Scan scan = SampleScans.queued();

    assertThat(CloudEvents.json(event(ScanEvent.Type.SCAN_QUEUED, scan)))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"%s","source":"/mystical-scanner/acme",\
            "type":"dev.mystical.scanner.scan.queued","subject":"s-1",\
            "time":"2026-11-23T06:00:00Z","datacontenttype":"application/json",\
            "tenant":"acme","data":%s}\
            """
                .formatted("evt_XRlP3mFhEPU5KxVcRL5z-K", ScanView.json(scan)));
  }

  @Test
  void aRunsEventHoldsTheRun() {
    assertThat(
            CloudEvents.json(
                event(ScanEvent.Type.RUN_ENDED, SampleScans.running(), SampleScans.MYSTICAL)))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"%s","source":"/mystical-scanner/acme",\
            "type":"dev.mystical.scanner.run.ended","subject":"s-1.mystical",\
            "time":"2026-11-23T06:00:00Z","datacontenttype":"application/json",\
            "tenant":"acme","data":{"runId":"s-1.mystical","provider":"mystical",\
            "required":false,"status":"FAILED","coverage":"none","verdict":"UNKNOWN",\
            "error":{"code":"ECS_START_FAILED","message":"no such image","retryable":false},\
            "attempts":[]}}\
            """
                .formatted("evt_SSRrAFyLhHf7d9AC-FHEkQ"));
  }

  @Test
  void anErrorsEventHoldsTheErrorAsTheFeedHasIt() {
    ErrorEntry entry = entry(Subject.of(SampleScans.queued().key()).run(SampleScans.SONAR, 2));

    assertThat(CloudEvents.json(entry))
        .isEqualTo(
            """
            {"specversion":"1.0","id":"node-1-7","source":"/mystical-scanner/acme",\
            "type":"dev.mystical.scanner.error","subject":"s-1.sonar",\
            "time":"2026-11-23T06:00:00Z","datacontenttype":"application/json",\
            "tenant":"acme","data":%s}\
            """
                .formatted(ErrorDocument.json(entry)));
  }

  @Test
  void anErrorIsAboutTheClosestThingThatIsKnown() {
    assertThat(CloudEvents.json(entry(Subject.of(SampleScans.queued().key()))))
        .contains("\"subject\":\"s-1\"");
    assertThat(CloudEvents.json(entry(Subject.of(new MessageId("m-1")))))
        .contains("\"subject\":\"m-1\"");
    assertThat(CloudEvents.json(entry(Subject.of(SampleScans.SONAR))))
        .contains("\"subject\":\"sonar\"");
    assertThat(CloudEvents.json(entry(Subject.SYSTEM)))
        .startsWith(
            "{\"specversion\":\"1.0\",\"id\":\"node-1-7\",\"source\":\"/mystical-scanner\",")
        .doesNotContain("subject", "tenant");
  }

  @Test
  void aRepeatedCommitTellsTheSameEvent() {
    ScanEvent first = event(ScanEvent.Type.RUN_LAUNCHED, SampleScans.running(), SampleScans.SONAR);
    ScanEvent again = new ScanEvent(first.type(), SampleScans.ended(), first.run(), LATER);

    assertThat(id(again)).isEqualTo(id(first));
  }

  @Test
  void differentEventsHaveDifferentIds() {
    Scan scan = SampleScans.running();
    Scan other =
        Scan.queued(
            new ScanKey(new Tenant("other"), new ScanId("s-1")),
            scan.request(),
            scan.digest(),
            scan.traceparent(),
            scan.createdAt());
    Set<String> ids = new HashSet<>();
    for (Scan one : List.of(scan, other)) {
      for (ScanEvent.Type type : ScanEvent.Type.values()) {
        ids.add(id(event(type, one)));
        ids.add(id(event(type, one, SampleScans.SONAR)));
        ids.add(id(event(type, one, SampleScans.MYSTICAL)));
      }
    }
    // The same run's launch by its first attempt, and by none.
    ids.add(id(event(ScanEvent.Type.RUN_LAUNCHED, SampleScans.queued(), SampleScans.SONAR)));

    assertThat(ids).hasSize(2 * 3 * ScanEvent.Type.values().length + 1);
  }

  private static String id(ScanEvent event) {
    return Json.read(CloudEvents.json(event)).text("id");
  }

  private static ScanEvent event(ScanEvent.Type type, Scan scan) {
    return new ScanEvent(type, scan, Optional.empty(), SampleScans.START);
  }

  private static ScanEvent event(ScanEvent.Type type, Scan scan, ProviderId run) {
    return new ScanEvent(type, scan, Optional.of(run), SampleScans.START);
  }

  private static ErrorEntry entry(Subject subject) {
    return new ErrorEntry(
        "node-1-7",
        SampleScans.START,
        "node-1",
        "f00d",
        1,
        false,
        ErrorEvent.error(ErrorCode.TASK_FAILED, Stage.SUPERVISE, subject, "exit code 3"));
  }
}
