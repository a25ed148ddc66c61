package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.client.ApiAddress;
import dev.mystical.scanner.app.client.Reply;
import dev.mystical.scanner.app.client.ScanState;
import dev.mystical.scanner.app.client.Submission;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ScanId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Sends a request to the API. It is checked there. */
final class ApiSubmitCommand {
  /** The API takes no more; it would hang up in the middle. */
  private static final int MOST_BYTES = 256 * 1024;

  private final Terminal terminal;
  private final Submission submission;
  private final ApiAddress address;
  private final boolean json;

  ApiSubmitCommand(Terminal terminal, Submission submission, ApiAddress address, boolean json) {
    this.terminal = terminal;
    this.submission = submission;
    this.address = address;
    this.json = json;
  }

  ExitCode run(Command.Submit command, Optional<String> idempotencyKey, WaitCommand waiting)
      throws InterruptedException {
    String document = RequestFile.read(command.file(), terminal);
    if (document.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      Problem problem = Problem.at("", "is longer than %d bytes".formatted(MOST_BYTES));
      Refusal.tell("the request was not sent:", List.of(problem), terminal, json);
      return ExitCode.USAGE;
    }
    return switch (submission.submit(document, idempotencyKey)) {
      case Reply.Done(ObjectNode scan) -> accepted(scan, command.waiting(), waiting);
      case Reply.Refused(String why, List<Problem> problems) -> {
        Refusal.tell(why, problems, terminal, json && !problems.isEmpty());
        yield ExitCode.USAGE;
      }
      case Reply.Denied(String why) -> {
        terminal.say(why);
        yield ExitCode.USAGE;
      }
      case Reply.Missing() -> {
        terminal.say("there is no such API at " + address);
        yield ExitCode.USAGE;
      }
      case Reply.Busy busy -> {
        terminal.say(busy.why() + "; given up");
        yield ExitCode.UNEXPECTED;
      }
      case Reply.Strange(String why) -> {
        terminal.say(why);
        yield ExitCode.UNEXPECTED;
      }
    };
  }

  private ExitCode accepted(ObjectNode document, boolean wait, WaitCommand waiting)
      throws InterruptedException {
    Optional<ScanState> scan =
        ScanState.read(document).filter(it -> ScanId.PATTERN.matcher(it.id()).matches());
    if (scan.isEmpty()) {
      terminal.say("what the API answered is no scan");
      return ExitCode.UNEXPECTED;
    }
    String at = address.at("/v1/scans/" + scan.get().id()).toString();
    if (wait) {
      terminal.say("accepted: " + at);
      return waiting.run(submission.scan(new ScanId(scan.get().id())), Optional.of(at + "/report"));
    }
    if (json) {
      terminal.answer(document.toString());
    } else {
      terminal.say("accepted: " + at);
      terminal.answer(scan.get().id());
    }
    return ExitCode.DONE;
  }
}
