package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Checks a request as the consumer will, and sends it to the queue. */
final class SubmitCommand {
  private static final int ID_BYTES = 16;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Terminal terminal;
  private final RequestDecoder decoder;
  private final MessageSender sender;
  private final Optional<TokenKey> key;
  private final RandomGenerator random;

  SubmitCommand(
      Terminal terminal,
      RequestDecoder decoder,
      MessageSender sender,
      Optional<TokenKey> key,
      RandomGenerator random) {
    this.terminal = terminal;
    this.decoder = decoder;
    this.sender = sender;
    this.key = key;
    this.random = random;
  }

  /**
   * What was sent.
   *
   * @param scan under this key, once it is received
   */
  record Sent(ScanKey scan, MessageId message) {}

  ExitCode run(String file, boolean json) throws InterruptedException {
    Optional<Sent> sent = send(file, json);
    if (sent.isEmpty()) {
      return ExitCode.USAGE;
    }
    ScanKey scan = sent.get().scan();
    if (json) {
      terminal.answer(
          JsonNodeFactory.instance
              .objectNode()
              .put("scanId", scan.id().value())
              .put("tenant", scan.tenant().value())
              .put("messageId", sent.get().message().value())
              .toString());
    } else {
      terminal.answer(scan.id().value());
    }
    return ExitCode.DONE;
  }

  /** Sends it, or tells why it cannot be sent. */
  Optional<Sent> send(String file, boolean json) throws InterruptedException {
    String document = RequestFile.read(file, terminal);
    return switch (decoder.decode(document)) {
      case Decoded.Invalid invalid -> {
        Refusal.tell("the request was not sent:", invalid.problems(), terminal, json);
        yield Optional.empty();
      }
      case Decoded.Request request -> Optional.of(send(document, request, json));
    };
  }

  private Sent send(String document, Decoded.Request request, boolean json)
      throws InterruptedException {
    ScanId id = request.scanId().orElseGet(this::newId);
    String body = request.scanId().isPresent() ? document : withId(document, id);
    Tenant named = request.tenant().orElse(Tenant.DEFAULT);
    Tenant tenant = key.isPresent() ? named : Tenant.DEFAULT;
    if (!tenant.equals(named)) {
      terminal.say(
          "without TOKEN_KEY the request is not signed, and belongs to tenant %s, not %s"
              .formatted(tenant, named));
    }
    MessageId message =
        sender.send(
            body, key.map(it -> Map.of(Intake.SIGNATURE, it.signature(body))).orElse(Map.of()));
    if (!json) {
      terminal.say("sent to the queue as message " + message);
    }
    return new Sent(new ScanKey(tenant, id), message);
  }

  private ScanId newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return new ScanId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static String withId(String document, ScanId id) {
    try {
      JsonNode tree = MAPPER.readTree(document);
      return ((ObjectNode) tree).put("scanId", id.value()).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the document was readable a moment ago", e);
    }
  }
}
