package dev.mystical.scanner.benchmarks.micro;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.ScanDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is not a call of SQS, Redis or ECS: documents, tokens, and the request for a task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScanBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final ProviderId SONAR = SampleScans.SONAR;

  private final Scan scan =
      SampleScans.launched(
          SampleScans.queued(SampleScans.newKey(), SampleScans.full(), NOW),
          SONAR,
          new TaskArn("arn:aws:ecs:us-east-1:111122223333:task/scans/0123456789abcdef"),
          NOW);
  private final String document = ScanDocument.encode(scan);
  private final String message = RequestDocument.message(scan.key(), scan.request());
  private final JsonRequestDecoder decoder =
      new JsonRequestDecoder(
          new RequestRules(
              Set.of(SONAR, SampleScans.MYSTICAL),
              RequestRules.Sender.QUEUE,
              RequestRules.PathTargets.REFUSED));
  private final TokenKey key = new TokenKey("0123456789abcdef0123456789abcdef");
  private final String signature = key.signature(message);
  private final TaskRequests requests = new TaskRequests(Optional.of(key), RequestDocument::origin);

  /** A message of the queue, checked field by field. */
  @Benchmark
  public Decoded requestDecoded() {
    return decoder.decode(message);
  }

  /** Its signature, once for each message. */
  @Benchmark
  public boolean signatureChecked() {
    return key.signed(message, signature);
  }

  /** The ledger's document, once for each commit. */
  @Benchmark
  public String documentWritten() {
    return ScanDocument.encode(scan);
  }

  /** The ledger's document, once for each look. */
  @Benchmark
  public ScanDocument.Content documentRead() {
    return ScanDocument.decode(document);
  }

  /** All of RunTask's request, with token and sealed request, once for each call. */
  @Benchmark
  public TaskRequest taskRequested() {
    return requests.of(scan, SONAR, scan.run(SONAR).attempts().getLast());
  }
}
