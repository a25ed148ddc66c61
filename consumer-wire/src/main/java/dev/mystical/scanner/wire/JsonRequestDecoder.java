package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads scan requests, whoever wrote them. An answer lists every problem of a document, a hundred
 * at most; a syntax error alone keeps what comes after it from being looked at.
 */
public final class JsonRequestDecoder implements RequestDecoder {
  private final RequestRules rules;

  public JsonRequestDecoder(RequestRules rules) {
    this.rules = rules;
  }

  @Override
  public Decoded decode(String document) {
    Problems problems = new Problems();
    DocumentParser parser = new DocumentParser(problems);
    DocumentParser.Outcome outcome = parser.parse(document);
    if (!(parser.root() instanceof ObjectNode object)) {
      if (outcome == DocumentParser.Outcome.WHOLE) {
        problems.add("", "must be an object, but is " + Section.kind(parser.root()));
      }
      return new Decoded.Invalid(problems.all(), Optional.empty(), Optional.empty());
    }
    Section root = new Section(object, "", problems);
    Optional<ScanRequest> request =
        switch (outcome) {
          case WHOLE -> new RequestReader(rules, problems).read(root);
          case BROKEN -> Optional.empty();
        };
    Optional<ScanId> scanId = name(root, "scanId", ScanId.PATTERN).map(ScanId::new);
    Optional<Tenant> tenant = name(root, "tenant", Tenant.PATTERN).map(Tenant::new);
    return problems.none() && request.isPresent()
        ? new Decoded.Request(request.get(), RequestDocument.digest(request.get()), scanId, tenant)
        : new Decoded.Invalid(problems.all(), scanId, tenant);
  }

  /** A name that is good, even where nothing else is. */
  private static Optional<String> name(Section root, String field, Pattern pattern) {
    return root.problems().at("/" + field)
        ? Optional.empty()
        : Optional.ofNullable(root.node().get(field))
            .filter(value -> value.isTextual())
            .map(value -> value.textValue())
            .filter(text -> pattern.matcher(text).matches());
  }
}
