package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.report.ReportKey;
import dev.mystical.scanner.domain.report.ReportStore;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Hands out reports: of one run, or of all runs of a scan in one. */
final class ReportCalls {
  private final ReportStore store;
  private final ScanFinder finder;

  ReportCalls(ReportStore store, ScanFinder finder) {
    this.store = store;
    this.finder = finder;
  }

  Answer get(Request request, Caller caller) throws InterruptedException {
    Parameters parameters = Parameters.of(request, Set.of("provider", "tenant"));
    Optional<ProviderId> provider = parameters.read("provider", ProviderId::new, "a provider's id");
    parameters.check();
    if (!(finder.find(request, caller).found().entry() instanceof Found.Versioned known)) {
      throw new BadCall(404, "the scan was refused, and has no report");
    }
    Scan scan = known.scan();
    List<ReportKey> keys = keys(scan, provider);
    if (keys.isEmpty()) {
      throw new BadCall(404, "there is no report yet, or none will come");
    }
    for (ReportKey key : keys) {
      if (!store.keep(key)) {
        throw new BadCall(404, "the report is not kept any more");
      }
    }
    String tag = "\"" + tag(keys) + "\"";
    if (matches(request.header("If-None-Match").orElse(""), tag)) {
      return Answer.empty(304).with("ETag", tag).with("Vary", "Accept-Encoding");
    }
    boolean packed = takesGzip(request.header("Accept-Encoding").orElse(""));
    Answer answer =
        Answer.streamed(200, ReportFormat.SARIF.mediaType(), writer(keys, packed))
            .with("ETag", tag)
            .with("Vary", "Accept-Encoding");
    return packed ? answer.with("Content-Encoding", "gzip") : answer;
  }

  private static List<ReportKey> keys(Scan scan, Optional<ProviderId> provider) {
    return scan.runs().stream()
        .filter(run -> provider.map(run.provider()::equals).orElse(true))
        .filter(run -> run.report().isPresent())
        .map(run -> key(scan, run))
        .toList();
  }

  private static ReportKey key(Scan scan, Run run) {
    return new ReportKey(scan.key(), run.provider(), run.report().orElseThrow().sha256());
  }

  private static String tag(List<ReportKey> keys) {
    return keys.size() == 1
        ? keys.getFirst().sha256()
        : Digest.of(keys.stream().map(ReportKey::sha256).collect(Collectors.joining("\n"))).value();
  }

  private BodyWriter writer(List<ReportKey> keys, boolean packed) {
    return out -> {
      if (keys.size() == 1) {
        try (InputStream in = packed ? open(keys.getFirst()) : unpacked(keys.getFirst())) {
          in.transferTo(out);
        }
        return;
      }
      List<ReportSource> sources =
          keys.stream().<ReportSource>map(key -> () -> unpacked(key)).toList();
      OutputStream kept = new LeftOpen(out);
      try (OutputStream to = packed ? new GZIPOutputStream(kept, 64 * 1024) : kept) {
        ReportMerger.merge(sources, to);
      }
    };
  }

  private InputStream unpacked(ReportKey key) throws IOException {
    return new GZIPInputStream(open(key), 64 * 1024);
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
    return header.equals("*")
        || List.of(header.split("\\s*,\\s*", -1)).stream()
            .anyMatch(it -> it.equals(tag) || it.equals("W/" + tag));
  }

  /** RFC 9110, 12.5.3, as far as it concerns one coding. */
  private static boolean takesGzip(String header) {
    return List.of(header.toLowerCase(Locale.ROOT).split(",", -1)).stream()
        .map(it -> it.replace(" ", ""))
        .anyMatch(it ->
            (it.startsWith("gzip") || it.startsWith("x-gzip")) && !it.matches(".*;q=0(\\.0*)?"));
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
