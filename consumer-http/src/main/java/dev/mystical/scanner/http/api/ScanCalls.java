package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanChanges;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.ScanView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows scans, and changes them as people want it. */
final class ScanCalls {
  private static final int MOST_LISTED = 200;
  private static final int USUALLY_LISTED = 50;

  private final ApiParts.Records records;
  private final ScanFinder finder;
  private final ScanChanges changes;

  ScanCalls(ApiParts.Records records, ScanFinder finder) {
    this.records = records;
    this.finder = finder;
    this.changes = new ScanChanges(records.ledger());
  }

  Answer get(Request request, Caller caller) throws InterruptedException {
    ScanFinder.Hit hit = finder.find(request, caller);
    return Answer.json(
        200,
        switch (hit.found().entry()) {
          case Found.Versioned known -> document(known.scan());
          case Found.Refused refused -> ScanView.json(refused.scan());
          case Found.Absent absent -> throw ScanFinder.missing();
        });
  }

  Answer list(Request request, Caller caller) throws InterruptedException {
    Parameters parameters =
        Parameters.of(request, "status", "project", "limit", "cursor", "tenant");
    Optional<ScanStatus> status =
        parameters.read(
            "status",
            text -> ScanStatus.valueOf(text.toUpperCase(Locale.ROOT)),
            "one of " + List.of(ScanStatus.values()));
    Optional<String> project = parameters.read("project", ScanCalls::project, "a project's key");
    Optional<String> cursor = parameters.read("cursor", text -> text, "what next was");
    Optional<Tenant> tenant = parameters.tenant(caller);
    int limit = parameters.limit(MOST_LISTED, USUALLY_LISTED);
    parameters.check();
    ScanIndex.Query query;
    try {
      query = new ScanIndex.Query(tenant, status, project, limit, cursor);
    } catch (IllegalArgumentException foreign) {
      throw new BadCall(400, "the cursor is none that this list told", foreign);
    }
    ScanIndex.Page page = records.index().list(query);
    List<String> items = new ArrayList<>();
    for (Found.Entry entry : page.scans()) {
      switch (entry) {
        case Found.Versioned known -> items.add(ScanView.json(known.scan()));
        case Found.Refused refused -> items.add(ScanView.json(refused.scan()));
        case Found.Absent absent -> {}
      }
    }
    return Answer.json(200, Documents.page(items, page.next()));
  }

  Answer cancel(Request request, Caller caller) throws InterruptedException {
    return change(request, caller, ScanChanges.Wish.CANCEL);
  }

  Answer retry(Request request, Caller caller) throws InterruptedException {
    return change(request, caller, ScanChanges.Wish.RETRY);
  }

  private Answer change(Request request, Caller caller, ScanChanges.Wish wish)
      throws InterruptedException {
    ScanFinder.Hit hit = finder.find(request, caller);
    if (wish == ScanChanges.Wish.RETRY && hit.found().entry() instanceof Found.Versioned known) {
      keepReports(known.scan());
    }
    return switch (changes.change(hit.key(), wish)) {
      case ScanChanges.Outcome.Changed(Scan scan) -> Answer.json(202, document(scan));
      case ScanChanges.Outcome.Unfit(Scan scan) ->
          Answer.problem(409, "the scan is " + scan.status());
      case ScanChanges.Outcome.Refused refused ->
          Answer.problem(409, "the scan was refused before it began");
      case ScanChanges.Outcome.Absent absent -> throw ScanFinder.missing();
      case ScanChanges.Outcome.Contended contended -> Guard.later("the scan changes all the time");
    };
  }

  /**
   * What a scan that goes on still needs must not be gone before it. While reports cannot be
   * reached nothing is changed, and the client is told to try again.
   */
  private void keepReports(Scan scan) throws InterruptedException {
    for (Run run : scan.runs()) {
      if (scan.status().ended()
          && run.status() == RunStatus.SUCCEEDED
          && run.report().isPresent()) {
        StoredReport report = run.report().get();
        records.reports().store().keep(new ReportKey(scan.key(), run.provider(), report.sha256()));
      }
    }
  }

  Answer redeliver(Request request, Caller caller) throws InterruptedException {
    ScanFinder.Hit hit = finder.find(request, caller);
    if (!(hit.found().entry() instanceof Found.Versioned known)) {
      return Answer.problem(409, "the scan was refused before it began");
    }
    Scan scan = known.scan();
    Optional<String> url = scan.request().callback();
    if (!scan.status().ended() || url.isEmpty()) {
      return Answer.problem(
          409, url.isEmpty() ? "the scan has no callback" : "the scan is " + scan.status());
    }
    Instant ended = scan.endedAt().orElse(hit.found().now());
    records
        .outbox()
        .redeliver(
            new OutboxEntry(
                WebhookId.of(scan),
                url.get(),
                new ScanEvent(ScanEvent.Type.SCAN_ENDED, scan, Optional.empty(), ended)));
    return Answer.json(202, document(scan));
  }

  private String document(Scan scan) throws InterruptedException {
    try {
      Optional<CallbackState> callback =
          scan.status().ended() && scan.request().callback().isPresent()
              ? records.outbox().state(WebhookId.of(scan))
              : Optional.empty();
      Map<ProviderId, Progress> progress =
          scan.status().ended() ? Map.of() : records.progress().of(scan.key());
      return ScanView.json(scan, callback, progress);
    } catch (LedgerUnavailable away) {
      // The scan itself is known, and what was asked for may be done already.
      return ScanView.json(scan);
    }
  }

  private static String project(String text) {
    if (!Project.KEY.matcher(text).matches()) {
      throw new IllegalArgumentException("no key of a project");
    }
    return text;
  }
}
