package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.Optional;

/**
 * Events as CloudEvents 1.0 in JSON.
 *
 * <p>{@code source} is {@code /mystical-scanner/<tenant>}, since scan ids are unique within a
 * tenant alone, and {@code subject} the scan's or the run's id. {@code id} is derived from what
 * happened and from nothing else: tenant, scan, type, for a run its provider and the number of its
 * last attempt, and for a retried scan the number of the retry. A commit that is repeated, or a
 * scan that is rebuilt from its message or tasks and goes the same way again, tells its events
 * under the same ids; {@code time} and {@code data} may then differ. An error has the id that it
 * has in the feed. The extension {@code tenant} spares readers a look into the data.
 */
public final class CloudEvents {
  /** The type of an error's event. */
  public static final String ERROR = "dev.mystical.scanner.error";

  private static final String SOURCE = "/mystical-scanner";

  private CloudEvents() {}

  /** The change of a scan's or run's state; {@code data} is the scan or the run. */
  public static String json(ScanEvent event) {
    Scan scan = event.scan();
    ObjectNode node =
        head(
            id(event),
            event.type().value(),
            SOURCE + "/" + scan.key().tenant(),
            event
                .run()
                .map(run -> scan.runId(run).toString())
                .orElseGet(() -> scan.key().id().value()),
            event.time());
    node.put("tenant", scan.key().tenant().value());
    node.set(
        "data",
        event
            .run()
            .map(run -> ScanView.run(scan, scan.run(run)))
            .orElseGet(() -> ScanView.tree(scan)));
    return Json.text(node);
  }

  /** An entry of the error feed; {@code data} is what {@link ErrorDocument} writes. */
  public static String json(ErrorEntry entry) {
    Optional<String> tenant = entry.event().subject().tenant().map(Tenant::value);
    ObjectNode node =
        Json.object()
            .put("specversion", "1.0")
            .put("id", entry.id())
            .put("source", tenant.map(it -> SOURCE + "/" + it).orElse(SOURCE))
            .put("type", ERROR);
    subject(entry.event().subject()).ifPresent(subject -> node.put("subject", subject));
    node.put("time", entry.time().toString()).put("datacontenttype", "application/json");
    tenant.ifPresent(it -> node.put("tenant", it));
    node.set("data", ErrorDocument.tree(entry));
    return Json.text(node);
  }

  /** The run, the scan, the message or the provider that it concerns: the closest of them. */
  private static Optional<String> subject(Subject subject) {
    Optional<String> scan = subject.scan().map(ScanId::value);
    Optional<String> provider = subject.provider().map(ProviderId::value);
    return scan.flatMap(id -> provider.map(run -> id + "." + run))
        .or(() -> scan)
        .or(() -> subject.message().map(MessageId::value))
        .or(() -> provider);
  }

  private static String id(ScanEvent event) {
    Scan scan = event.scan();
    String run =
        event
            .run()
            .map(provider -> provider + "\n" + attempt(scan, provider))
            .orElse(scan.series() == 0 ? "" : "series " + scan.series());
    String identity =
        "%s\n%s\n%s\n%s".formatted(scan.key().tenant(), scan.key().id(), event.type().value(), run);
    return "evt_" + Digest.of(identity).shortened();
  }

  private static int attempt(Scan scan, ProviderId run) {
    return scan.run(run).lastAttempt().map(Attempt::number).orElse(0);
  }

  private static ObjectNode head(
      String id, String type, String source, String subject, Instant time) {
    return Json.object()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", source)
        .put("type", type)
        .put("subject", subject)
        .put("time", time.toString())
        .put("datacontenttype", "application/json");
  }
}
