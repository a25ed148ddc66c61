package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.command.Redriven.Outcome;
import dev.mystical.scanner.app.deadletters.DeadLetterWalk;
import dev.mystical.scanner.app.deadletters.DeadLetterWalk.Place;
import dev.mystical.scanner.domain.deadletter.DeadLetter;
import dev.mystical.scanner.domain.deadletter.Redrive.Choice;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.queue.Delivery;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends dead letters back to the scan queue, all or chosen ones, and says of each what it did. */
final class RedriveCommand {
  private final Terminal terminal;
  private final RequestDecoder decoder;
  private final RedriveWork.Parts parts;
  private final boolean json;
  private final ArrayNode list = JsonNodeFactory.instance.arrayNode();
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  RedriveCommand(Terminal terminal, RequestDecoder decoder, RedriveWork.Parts parts, boolean json) {
    this.terminal = terminal;
    this.decoder = decoder;
    this.parts = parts;
    this.json = json;
  }

  ExitCode run(Command.Redrive command) throws InterruptedException {
    Set<String> unmet = new HashSet<>(command.names());
    RedriveWork work = new RedriveWork(parts, command.dryRun());
    DeadLetterWalk walk =
        new DeadLetterWalk(parts.box(), letter -> visit(letter, work, command, unmet));
    int before = parts.box().count();
    boolean more;
    try {
      more = walk.more();
    } finally {
      // Whatever ends it early: what was done is told.
      summarise(command);
    }
    unmet.stream()
        .sorted()
        .forEach(name -> terminal.say("there is no dead letter " + Terminal.plain(name)));
    if (more) {
      terminal.say("there may be more of them; run it again");
    } else if (before > walk.seen()) {
      terminal.say(
          "about %d more are being looked at by others; run it again in half a minute"
              .formatted(before - walk.seen()));
    }
    if (counts.containsKey(Outcome.FAILED)) {
      return ExitCode.UNEXPECTED;
    }
    return unmet.isEmpty() ? ExitCode.DONE : ExitCode.NO_SUCH_SCAN;
  }

  private Place visit(
      Delivery delivery, RedriveWork work, Command.Redrive command, Set<String> unmet)
      throws InterruptedException {
    DeadLetter letter = DeadLetter.read(delivery, decoder, parts.key());
    List<String> names = names(letter);
    if (!command.names().isEmpty() && names.stream().noneMatch(command.names()::contains)) {
      return Place.LEFT;
    }
    names.forEach(unmet::remove);
    Choice choice = command.names().isEmpty() ? Choice.ALL : Choice.NAMED;
    Redriven redriven = work.redriven(letter, choice);
    tell(redriven);
    return switch (redriven.outcome()) {
      case SENT, RESTARTED, DELETED -> command.dryRun() ? Place.LEFT : Place.TAKEN;
      case STAYS, FAILED -> Place.LEFT;
    };
  }

  private static List<String> names(DeadLetter letter) {
    return List.of(
        letter.key().id().value(), letter.delivery().id().value(), letter.first().value());
  }

  private void tell(Redriven redriven) {
    counts.merge(redriven.outcome(), 1, Integer::sum);
    DeadLetter letter = redriven.letter();
    if (json) {
      list.addObject()
          .put("messageId", letter.delivery().id().value())
          .put("scanId", letter.key().id().value())
          .put("tenant", letter.key().tenant().value())
          .put("outcome", redriven.outcome().word())
          .put("why", redriven.why());
      return;
    }
    terminal.answer(
        "%s%s  message %s  scan %s  %s"
            .formatted(
                terminal.styled(style(redriven.outcome()), redriven.outcome().word()),
                " ".repeat(9 - redriven.outcome().word().length()),
                Terminal.plain(letter.delivery().id().value()),
                letter.key().id(),
                Terminal.plain(redriven.why())));
  }

  private void summarise(Command.Redrive command) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode().put("dryRun", command.dryRun());
      for (Outcome outcome : Outcome.values()) {
        document.put(outcome.word(), counts.getOrDefault(outcome, 0));
      }
      document.set("messages", list);
      terminal.answer(document.toString());
      return;
    }
    if (counts.isEmpty()) {
      terminal.say(command.names().isEmpty() ? "no dead letters were found" : "nothing was done");
      return;
    }
    String told =
        counts.entrySet().stream()
            .map(it -> it.getValue() + " " + it.getKey().word())
            .collect(Collectors.joining(", "));
    terminal.say(command.dryRun() ? "nothing was done; it would be " + told : told);
  }

  private static Terminal.Style style(Outcome outcome) {
    return switch (outcome) {
      case SENT, RESTARTED, DELETED -> Terminal.Style.GOOD;
      case STAYS -> Terminal.Style.DOUBTFUL;
      case FAILED -> Terminal.Style.BAD;
    };
  }
}
