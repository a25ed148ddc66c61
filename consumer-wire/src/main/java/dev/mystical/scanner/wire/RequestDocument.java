package dev.mystical.scanner.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/** A request in its canonical form: the same request is always the same text. */
public final class RequestDocument {
  static final String SCHEMA = "scan.request.v1";

  /**
   * The format of an origin. It is not that of the ledger's documents: a new one would change the
   * RunTask requests of attempts that are under way.
   */
  private static final int ORIGIN = 1;

  private RequestDocument() {}

  /** The body of the message that asks for a scan; {@link JsonRequestDecoder} reads it. */
  public static String message(ScanKey key, ScanRequest request) {
    ObjectNode node =
        Json.object()
            .put("schema", SCHEMA)
            .put("scanId", key.id().value())
            .put("tenant", key.tenant().value());
    RequestShape.write(request, node);
    return Json.text(node);
  }

  /**
   * A message's body with the scan's id written in, for a message that is sent anew under another
   * message id. A body that names an id, or is no object, stays as it is; so does all the rest of
   * it.
   */
  public static String withScanId(String body, ScanId id) {
    DocumentParser parser = new DocumentParser(new Problems());
    if (parser.parse(body) == DocumentParser.Outcome.BROKEN
        || !(parser.root() instanceof ObjectNode object)
        || object.has("scanId")) {
      return body;
    }
    int inside = body.indexOf('{') + 1;
    return body.substring(0, inside)
        + "\"scanId\":\"%s\"%s".formatted(id, object.isEmpty() ? "" : ",")
        + body.substring(inside);
  }

  /** Equal for requests that ask for the same, however they were written, and for no others. */
  public static String digest(ScanRequest request) {
    ObjectNode node = Json.object();
    RequestShape.write(request, node);
    return Digest.of(Json.text(node)).shortened();
  }

  /**
   * All that a scan starts from, to be sealed into its tasks. It depends on nothing that changes
   * while the scan lives but by a retry, so every attempt of every run carries the same bytes; fit
   * as {@link dev.mystical.scanner.domain.launch.RequestEncoder}.
   */
  public static byte[] origin(Scan scan) {
    ObjectNode node =
        Json.object()
            .put("v", ORIGIN)
            .put("tenant", scan.key().tenant().value())
            .put("id", scan.key().id().value())
            .put("created", scan.createdAt().toString());
    scan.traceparent().ifPresent(trace -> node.put("trace", trace));
    if (scan.series() > 0) {
      node.put("series", scan.series());
    }
    RequestShape.write(scan.request(), node.putObject("request"));
    return Json.text(node).getBytes(UTF_8);
  }

  /** The scan as it was when it was queued; throws {@link UnreadableDocument}. */
  public static Scan scan(byte[] origin) {
    return Fields.reading("the origin", () -> queued(Json.read(new String(origin, UTF_8))));
  }

  /**
   * The scan as it was when it was queued, if this version can read its origin; fit as {@link
   * dev.mystical.scanner.domain.reconcile.OriginReader}.
   */
  public static Optional<Scan> readable(byte[] origin) {
    try {
      return Optional.of(scan(origin));
    } catch (UnreadableDocument other) {
      return Optional.empty();
    }
  }

  private static Scan queued(Fields from) {
    if (from.integer("v") != ORIGIN) {
      throw new UnreadableDocument("format %d of an origin".formatted(from.integer("v")));
    }
    ScanRequest request = RequestShape.read(from.object("request"));
    return Scan.queued(
            new ScanKey(new Tenant(from.text("tenant")), new ScanId(from.text("id"))),
            request,
            digest(request),
            from.optionalText("trace"),
            from.instant("created"))
        .inSeries(Math.toIntExact(from.optionalNumber("series").orElse(0L)));
  }
}
