package dev.mystical.scanner.domain.deadletter;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dead letters for one scan of two runs, and what the ledger may have of it. */
final class SampleLetters {
  static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant NOW = SENT.plus(Duration.ofHours(1));
  static final ScanKey KEY = new ScanKey(Tenant.DEFAULT, new ScanId("scan-1"));
  static final ScanRequest REQUEST = SampleScans.plain(SONAR, MYSTICAL);
  static final TokenKey TOKEN_KEY = new TokenKey("0123456789abcdef0123456789abcdef");
  static final Map<String, String> COPY =
      Map.of(DeadLetters.SOURCE, "m-0", DeadLetters.CODE, "PROVIDER_UNKNOWN");
  static final Scan SCAN = Scan.queued(KEY, REQUEST, "digest", Optional.empty(), SENT);

  private SampleLetters() {}

  static DeadLetter letter(Decoded decoded, Map<String, String> attributes) {
    return DeadLetter.read(delivery(attributes), body -> decoded, Optional.of(TOKEN_KEY));
  }

  /** A message that asks for the scan, moved by the queue itself. */
  static DeadLetter letter() {
    return letter(request("digest"), Map.of());
  }

  static Delivery delivery(Map<String, String> attributes) {
    return new Delivery(new Receipt(new MessageId("m-1"), "handle"), "body", attributes, 7, SENT);
  }

  static Decoded.Request request(String digest) {
    return new Decoded.Request(
        REQUEST, digest, Optional.of(KEY.id()), Optional.of(new Tenant("acme")));
  }

  static Decoded.Invalid invalid() {
    return new Decoded.Invalid(
        List.of(Problem.at("/target", "is missing"), Problem.at("", "is too deep")),
        Optional.of(KEY.id()),
        Optional.empty());
  }

  static Found absent() {
    return new Found(new Found.Absent(), NOW);
  }

  static Found refused() {
    return new Found(
        new Found.Refused(
            new RefusedScan(KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "bad", false), SENT)),
        NOW);
  }

  static Found known(Scan scan) {
    return new Found(new Found.Versioned(scan, 3), NOW);
  }
}
