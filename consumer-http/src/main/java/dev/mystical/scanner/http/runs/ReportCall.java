package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.ReportDecision;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.ledger.ScanWriter;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunAnswers;
import dev.mystical.scanner.wire.report.Packing;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container hands in its report. It is stored first, and then written into the ledger that it is
 * the run's: so what the ledger knows is there. Of two that are handed in at once one is written,
 * and the other one lies in the store until nobody keeps it.
 */
final class ReportCall implements Guarded.Call {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCall.class);

  private final ScanWriter scans;
  private final ReportStore store;
  private final ErrorFeed feed;
  private final ReportIntake intake;
  private final Semaphore places;

  ReportCall(ScanWriter scans, RunParts parts) {
    this.scans = scans;
    this.store = parts.reports();
    this.feed = parts.feed();
    RunParts.ReportTerms terms = parts.terms();
    this.intake =
        new ReportIntake(
            new ReportReader(terms.limits(), terms.workFolders(), terms.scratch()),
            terms.limits(),
            terms.scratch());
    this.places = new Semaphore(terms.atOnce());
  }

  @Override
  public Answer handle(Request request, Admittance.Granted run)
      throws IOException, InterruptedException {
    Optional<ReportFormat> format = request.header("Content-Type").flatMap(ReportFormat::of);
    Optional<Packing> packing = Packing.of(request.header("Content-Encoding").orElse(""));
    if (format.isEmpty() || packing.isEmpty()) {
      return Answer.problem(
          415,
          "send %s, as it is or with gzip"
              .formatted(
                  Arrays.stream(ReportFormat.values())
                      .map(ReportFormat::mediaType)
                      .collect(Collectors.joining(", "))));
    }
    if (!places.tryAcquire()) {
      return Guarded.later("too many reports come in at once");
    }
    try {
      return take(request.body(), format.get(), packing.get(), run);
    } finally {
      places.release();
    }
  }

  private Answer take(
      InputStream body, ReportFormat format, Packing packing, Admittance.Granted run)
      throws IOException, InterruptedException {
    try (ReportIntake.Taken taken = intake.take(body, format, packing)) {
      return switch (taken) {
        case ReportIntake.Taken.Read read -> store(read, format, run);
        case ReportIntake.Taken.Unreadable(List<Problem> problems) -> unreadable(problems, run);
        case ReportIntake.Taken.TooLarge(String why) -> {
          refuse(new ScanError(ErrorCode.REPORT_TOO_LARGE, why, false), run);
          yield Answer.problem(413, why);
        }
      };
    }
  }

  private Answer store(ReportIntake.Taken.Read read, ReportFormat format, Admittance.Granted run)
      throws IOException, InterruptedException {
    Judged first = judge(run.scan().scan(), read, format, run, run.now()).answer();
    if (!first.toBeKept()) {
      return first.answer();
    }
    ReportKey key = new ReportKey(run.scan().scan().key(), run.provider(), read.written().sha256());
    try (InputStream packed = read.open()) {
      store.put(key, packed);
    }
    Judged last = run.write(scans, (scan, now) -> judge(scan, read, format, run, now));
    if (last.told().isPresent()) {
      LOG.warn(
          "event=report-late runId={} sha256={}",
          run.scan().scan().runId(run.provider()),
          key.sha256());
      feed.publish(last.told().get());
    }
    return last.answer();
  }

  /**
   * What is answered.
   *
   * @param told what people are to be told as well
   * @param toBeKept whether the store has to have it
   */
  private record Judged(Answer answer, Optional<ErrorEvent> told, boolean toBeKept) {
    static Judged settled(Answer answer) {
      return new Judged(answer, Optional.empty(), false);
    }
  }

  private static ScanWriter.Step<Judged> judge(
      Scan scan,
      ReportIntake.Taken.Read read,
      ReportFormat format,
      Admittance.Granted run,
      Instant now) {
    StoredReport report =
        new StoredReport(
            read.received().sha256(),
            read.written().sha256(),
            read.written().bytes(),
            format.name().toLowerCase(Locale.ROOT),
            read.summary(),
            now);
    return switch (RunCalls.report(scan, run.provider(), run.attempt(), report, now)) {
      case ReportDecision.Take(Scan after) ->
          ScanWriter.Step.write(
              after,
              new Judged(Answer.json(201, RunAnswers.report(report)), Optional.empty(), true));
      case ReportDecision.Repeat() ->
          ScanWriter.Step.leave(Judged.settled(Answer.json(200, RunAnswers.report(report))));
      case ReportDecision.Taken(String why) ->
          ScanWriter.Step.leave(Judged.settled(Answer.problem(409, why)));
      case ReportDecision.Late(String why, ErrorEvent told) ->
          ScanWriter.Step.leave(new Judged(Answer.problem(409, why), Optional.of(told), true));
    };
  }

  private Answer unreadable(List<Problem> problems, Admittance.Granted run)
      throws InterruptedException {
    String first = problems.isEmpty() ? "" : ": " + problems.getFirst().detail();
    refuse(
        new ScanError(ErrorCode.REPORT_INVALID, "the report cannot be read" + first, false), run);
    return Answer.problem(422, "the report cannot be read", problems);
  }

  private void refuse(ScanError why, Admittance.Granted run) throws InterruptedException {
    run.write(
        scans,
        (scan, now) ->
            new ScanWriter.Step<>(RunCalls.refused(scan, run.provider(), run.attempt(), why), why));
  }
}
