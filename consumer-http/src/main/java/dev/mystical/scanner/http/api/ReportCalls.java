package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.BodyWriter;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportMerger;
import dev.mystical.scanner.wire.report.ReportSource;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Hands out reports: of one run, or of all runs of a scan in one. */
final class ReportCalls {
  private static final int BUFFER = 64 * 1024;

  private final ReportStore store;
  private final ErrorFeed feed;
  private final ScanFinder finder;

  ReportCalls(ApiParts.Reports reports, ScanFinder finder) {
    this.store = reports.store();
    this.feed = reports.feed();
    this.finder = finder;
  }

  Answer get(Request request, Caller caller) throws InterruptedException {
    Parameters parameters = Parameters.of(request, "provider", "tenant");
    Optional<ProviderId> provider = parameters.read("provider", ProviderId::new, "a provider's id");
    Optional<Tenant> tenant = parameters.tenant(caller);
    parameters.check();
    if (!(finder.find(request, tenant).found().entry() instanceof Found.Versioned known)) {
      throw new BadCall(404, "the scan was refused before it began, and has no report");
    }
    List<ReportKey> keys = keys(known.scan(), provider);
    for (ReportKey key : keys) {
      // To look at a report keeps it no longer: it is kept for longer than its scan anyway.
      if (!isThere(key)) {
        throw new BadCall(404, "the report of %s is not kept any more".formatted(key.provider()));
      }
    }
    boolean packed = AcceptedCodings.gzip(request.header("Accept-Encoding").orElse(""));
    // Two ways to pack it are two sequences of bytes, so each has a strong tag of its own.
    String tag = "\"" + tag(keys) + (packed ? "-gzip\"" : "\"");
    if (matches(request.header("If-None-Match").orElse(""), tag)) {
      return told(Answer.empty(304), tag);
    }
    Answer answer =
        told(Answer.streamed(200, ReportFormat.SARIF.mediaType(), writer(keys, packed)), tag);
    return packed ? answer.with("Content-Encoding", "gzip") : answer;
  }

  /** It is one tenant's, and may be another one by the next call. */
  private static Answer told(Answer answer, String tag) {
    return answer
        .with("ETag", tag)
        .with("Vary", "Accept-Encoding, Authorization")
        .with("Cache-Control", "private, no-cache");
  }

  /** At least one, or a {@link BadCall} that says why there is none. */
  private static List<ReportKey> keys(Scan scan, Optional<ProviderId> provider) {
    List<Run> runs =
        scan.runs().stream()
            .filter(run -> provider.map(run.provider()::equals).orElse(true))
            .toList();
    if (runs.isEmpty()) {
      throw new BadCall(404, "the scan has no run of that provider");
    }
    List<ReportKey> keys =
        runs.stream().filter(run -> run.report().isPresent()).map(run -> key(scan, run)).toList();
    if (keys.isEmpty()) {
      boolean over = runs.stream().allMatch(run -> run.status().ended());
      throw new BadCall(404, over ? "there is no report" : "there is no report yet");
    }
    return keys;
  }

  private static ReportKey key(Scan scan, Run run) {
    return new ReportKey(scan.key(), run.provider(), run.report().orElseThrow().sha256());
  }

  private static String tag(List<ReportKey> keys) {
    return keys.size() == 1
        ? keys.getFirst().sha256()
        : Digest.of(keys.stream().map(ReportKey::sha256).collect(Collectors.joining("\n"))).value();
  }

  private boolean isThere(ReportKey key) throws InterruptedException {
    Optional<InputStream> report = store.open(key);
    if (report.isEmpty()) {
      return false;
    }
    try {
      report.get().close();
      return true;
    } catch (IOException e) {
      throw new ReportsUnavailable("a report cannot be closed", e);
    }
  }

  private BodyWriter writer(List<ReportKey> keys, boolean packed) {
    return out -> {
      try {
        write(keys, packed, out);
      } catch (DamagedReport damage) {
        tell(damage);
        throw damage;
      }
    };
  }

  private void write(List<ReportKey> keys, boolean packed, OutputStream out) throws IOException {
    if (keys.size() > 1) {
      List<ReportSource> sources =
          keys.stream().<ReportSource>map(key -> () -> unpacked(key)).toList();
      OutputStream kept = new LeftOpen(out);
      try (OutputStream to = packed ? new GZIPOutputStream(kept, BUFFER) : kept) {
        ReportMerger.merge(sources, to);
      }
    } else if (packed) {
      CheckedReport.pass(keys.getFirst(), open(keys.getFirst()), out);
    } else {
      try (InputStream in = unpacked(keys.getFirst())) {
        in.transferTo(out);
      }
    }
  }

  /** The client sees that it is broken off; why, people have to be told. */
  private void tell(DamagedReport damage) throws InterruptedException {
    feed.publish(
        ErrorEvent.error(
            ErrorCode.INTERNAL,
            Stage.REPORT,
            Subject.of(damage.key().scan()),
            String.valueOf(damage.getMessage())));
  }

  private InputStream unpacked(ReportKey key) throws IOException {
    return CheckedReport.unpacked(key, open(key));
  }

  private InputStream open(ReportKey key) throws IOException {
    try {
      return store.open(key).orElseThrow(() -> new IOException("a report has gone meanwhile"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("closing").initCause(e);
    }
  }

  private static boolean matches(String header, String tag) {
    return header.strip().equals("*")
        || List.of(header.strip().split("\\s*,\\s*", -1)).stream()
            .anyMatch(it -> it.equals(tag) || it.equals("W/" + tag));
  }

  /** An answer's body is the listener's to end. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
