package dev.mystical.scanner.app.deadletters;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.RequestRules;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Requests as messages have them, and what the ledger has of their scans. */
public final class Requests {
  public static final RequestDecoder DECODER =
      new JsonRequestDecoder(
          new RequestRules(
              Set.of(SampleScans.SONAR, SampleScans.MYSTICAL),
              RequestRules.Sender.QUEUE,
              RequestRules.PathTargets.REFUSED));

  private static final ScanRequest REQUEST =
      SampleScans.plain(SampleScans.SONAR, SampleScans.MYSTICAL);

  private Requests() {}

  public static ScanKey key(String id) {
    return new ScanKey(Tenant.DEFAULT, new ScanId(id));
  }

  /** The body of a message that names its scan. */
  public static String named(String id) {
    return RequestDocument.message(key(id), REQUEST);
  }

  /** The body of a message that names none. */
  public static String unnamed() {
    return """
    {"project": {"key": "payments"}, "providers": ["sonar", "mystical"],
     "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"}}
    """;
  }

  /** The scan that the body of that id asks for, as it begins. */
  public static Scan scan(String id, Instant createdAt) {
    Decoded decoded = DECODER.decode(named(id));
    if (!(decoded instanceof Decoded.Request request)) {
      throw new AssertionError("no request: " + decoded);
    }
    return Scan.queued(key(id), request.request(), request.digest(), Optional.empty(), createdAt);
  }
}
