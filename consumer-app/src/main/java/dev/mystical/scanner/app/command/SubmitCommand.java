package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Checks a request as the consumer will, and sends it to the queue. */
final class SubmitCommand {
  /** More than any good request has; the decoder says what is too much. */
  private static final int MOST_READ = 1 << 20;

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

  ExitCode run(String file, boolean json) throws InterruptedException {
    String document = read(file);
    return switch (decoder.decode(document)) {
      case Decoded.Invalid invalid -> {
        refuse(invalid.problems(), json);
        yield ExitCode.USAGE;
      }
      case Decoded.Request request -> {
        send(document, request, json);
        yield ExitCode.DONE;
      }
    };
  }

  private void send(String document, Decoded.Request request, boolean json)
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
    if (json) {
      terminal.answer(
          JsonNodeFactory.instance
              .objectNode()
              .put("scanId", id.value())
              .put("tenant", tenant.value())
              .put("messageId", message.value())
              .toString());
      return;
    }
    terminal.say("sent to the queue as message " + message);
    terminal.answer(id.value());
  }

  private void refuse(List<Problem> problems, boolean json) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      ArrayNode list = document.putArray("errors");
      problems.forEach(
          it -> list.addObject().put("detail", it.detail()).put("pointer", it.pointer()));
      terminal.answer(document.toString());
      return;
    }
    terminal.say("the request was not sent:");
    for (Problem problem : problems) {
      String where = problem.pointer().isEmpty() ? "the document" : problem.pointer();
      terminal.say("  %s: %s".formatted(Terminal.plain(where), Terminal.plain(problem.detail())));
    }
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

  private String read(String file) {
    try (InputStream in = file.equals("-") ? terminal.in() : Files.newInputStream(Path.of(file))) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readNBytes(MOST_READ)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UsageProblem(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UsageProblem(file + " cannot be read", e);
    }
  }
}
