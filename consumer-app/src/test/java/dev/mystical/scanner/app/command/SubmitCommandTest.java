package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {
  private static final String REQUEST =
      """
      {"project": {"key": "payments"}, "providers": ["sonar"],
       "target": {"type": "git", "url": "https://git.example.com/a/b.git", "ref": "main"}}
      """;
  private static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");

  @TempDir private Path folder;

  private final List<Sent> sent = new ArrayList<>();
  private final RequestDecoder decoder =
      new JsonRequestDecoder(
          new RequestRules(
              Set.of(new ProviderId("sonar")),
              RequestRules.Sender.QUEUE,
              RequestRules.PathTargets.REFUSED));

  private record Sent(String body, Map<String, String> attributes) {}

  private SubmitCommand command(RecordingTerminal recording, Optional<TokenKey> key) {
    return new SubmitCommand(
        recording.terminal(),
        decoder,
        (body, attributes) -> {
          sent.add(new Sent(body, attributes));
          return new MessageId("m-1");
        },
        key,
        new Random(1));
  }

  @Test
  void aRequestGetsAnIdThatIsPrintedAndSent() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.reading(REQUEST);
    assertThat(command(recording, Optional.empty()).run("-", false)).isEqualTo(ExitCode.DONE);
    String id = recording.answered().strip();
    assertThat(id).matches("[A-Za-z0-9_-]{22}");
    assertThat(recording.said()).isEqualTo("sent to the queue as message m-1\n");
    assertThat(sent)
        .singleElement()
        .satisfies(message -> {
          assertThat(message.attributes()).isEmpty();
          assertThat(decoder.decode(message.body()))
              .isInstanceOf(Decoded.Request.class)
              .extracting(Decoded::scanId)
              .isEqualTo(Optional.of(new ScanId(id)));
        });
  }

  @Test
  void aRequestWithAnIdIsSentAsItStands() throws IOException, InterruptedException {
    String named = REQUEST.replaceFirst("\\{", "{\"scanId\": \"mine\", ");
    Path file = Files.writeString(folder.resolve("scan.json"), named);
    RecordingTerminal recording = RecordingTerminal.plain();
    command(recording, Optional.empty()).run(file.toString(), true);
    assertThat(sent).containsExactly(new Sent(named, Map.of()));
    assertThat(recording.answered())
        .isEqualTo("{\"scanId\":\"mine\",\"tenant\":\"default\",\"messageId\":\"m-1\"}\n");
  }

  @Test
  void whatIsSentIsSignedWhereThereIsAKey() throws InterruptedException {
    String tenants = REQUEST.replaceFirst("\\{", "{\"tenant\": \"team\", ");
    RecordingTerminal recording = RecordingTerminal.reading(tenants);
    command(recording, Optional.of(KEY)).run("-", true);
    assertThat(recording.answered()).contains("\"tenant\":\"team\"");
    assertThat(sent)
        .singleElement()
        .satisfies(message ->
            assertThat(
                    KEY.signed(message.body(), message.attributes().getOrDefault("signature", "")))
                .isTrue());
  }

  @Test
  void withoutAKeyATenantIsNotBelieved() throws InterruptedException {
    String tenants = REQUEST.replaceFirst("\\{", "{\"tenant\": \"team\", ");
    RecordingTerminal recording = RecordingTerminal.reading(tenants);
    command(recording, Optional.empty()).run("-", true);
    assertThat(recording.said()).contains("belongs to tenant default, not team");
    assertThat(recording.answered()).contains("\"tenant\":\"default\"");
  }

  @Test
  void aBadRequestIsNotSentAndEveryProblemIsTold() throws InterruptedException {
    String bad = "{\"project\": {\"key\": \"A\"}, \"providers\": [\"nobody\"], \"more\": 1}";
    RecordingTerminal recording = RecordingTerminal.reading(bad);
    assertThat(command(recording, Optional.empty()).run("-", false)).isEqualTo(ExitCode.USAGE);
    assertThat(sent).isEmpty();
    assertThat(recording.answered()).isEmpty();
    assertThat(recording.said())
        .startsWith("the request was not sent:\n")
        .contains("  /project/key: ", "  /providers/0: ", "  /more: ", "target");
  }

  @Test
  void programsGetTheProblemsAsADocument() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.reading("[]");
    assertThat(command(recording, Optional.empty()).run("-", true)).isEqualTo(ExitCode.USAGE);
    assertThat(recording.answered())
        .startsWith("{\"errors\":[{\"detail\":\"must be an object")
        .endsWith("\"pointer\":\"\"}]}\n");
  }

  @Test
  void aFileThatCannotBeReadIsSaid() throws IOException {
    RecordingTerminal recording = RecordingTerminal.plain();
    SubmitCommand command = command(recording, Optional.empty());
    String missing = folder.resolve("none.json").toString();
    assertThatThrownBy(() -> command.run(missing, false))
        .isInstanceOf(UsageProblem.class)
        .hasMessageEndingWith("none.json cannot be read");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> command.run(binary.toString(), false))
        .isInstanceOf(UsageProblem.class)
        .hasMessageEndingWith("is not UTF-8 text");
  }
}
