package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanError;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads what a run's container says, whoever wrote it. All texts are without control characters,
 * and those for people without what looks like a secret.
 *
 * <ul>
 *   <li>{@code start}: {@code task} (required, 512 visible characters), {@code attempt} (required,
 *       from 1)
 *   <li>{@code progress}: {@code phase} (64), {@code percent} (0 to 100), {@code message} (512)
 *   <li>{@code complete}: {@code exitCode} (-1 to 255), {@code tool} (128), {@code toolVersion}
 *       (128), {@code error} (1,024): one that begins with {@code SOURCE_UNAVAILABLE:} is that
 *       error, every other one is {@code TASK_FAILED}
 * </ul>
 */
public final class RunCallReader {
  private static final String SOURCE = ErrorCode.SOURCE_UNAVAILABLE.name() + ":";
  private static final TextRule TASK =
      TextRule.matching(512, Pattern.compile("[\\x21-\\x7e]+"), "of visible ASCII characters");

  private RunCallReader() {}

  /** What came of a document. */
  public sealed interface Read<T> {
    /** It was read. */
    record Good<T>(T value) implements Read<T> {}

    /** Everything that is wrong with it. */
    record Bad<T>(List<Problem> problems) implements Read<T> {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** A container's wish to begin. */
  public record Start(String task, int attempt) {}

  /** How far it is. */
  public record Step(Optional<String> phase, Optional<Integer> percent, Optional<String> message) {}

  /** Its last word. */
  public record Completion(
      Optional<Integer> exitCode,
      Optional<String> tool,
      Optional<String> toolVersion,
      Optional<ScanError> error) {}

  public static Read<Start> start(String document) {
    return read(
        document,
        List.of("task", "attempt"),
        root -> {
          Optional<String> task = root.requiredText("task", TASK);
          Optional<Long> attempt = root.integer("attempt", 1, Integer.MAX_VALUE);
          if (!root.node().has("attempt")) {
            root.problem("attempt", "is missing");
          }
          return task.flatMap(it -> attempt.map(number -> new Start(it, number.intValue())));
        });
  }

  public static Read<Step> progress(String document) {
    return read(
        document,
        List.of("phase", "percent", "message"),
        root ->
            Optional.of(
                new Step(
                    root.text("phase", TextRule.upTo(64)).map(RunCallReader::clean),
                    root.integer("percent", 0, 100).map(Long::intValue),
                    root.text("message", TextRule.upTo(512)).map(RunCallReader::clean))));
  }

  public static Read<Completion> complete(String document) {
    return read(
        document,
        List.of("exitCode", "tool", "toolVersion", "error"),
        root ->
            Optional.of(
                new Completion(
                    root.integer("exitCode", -1, 255).map(Long::intValue),
                    root.text("tool", TextRule.upTo(128)),
                    root.text("toolVersion", TextRule.upTo(128)),
                    root.text("error", TextRule.upTo(1_024))
                        .map(RunCallReader::clean)
                        .map(RunCallReader::error))));
  }

  /** Tools like to repeat the address that they were given, with what it lets them in by. */
  private static String clean(String text) {
    return Redactor.byShape().clean(text);
  }

  private static ScanError error(String text) {
    return text.startsWith(SOURCE)
        ? new ScanError(ErrorCode.SOURCE_UNAVAILABLE, text.substring(SOURCE.length()).strip(), true)
        : new ScanError(ErrorCode.TASK_FAILED, text.strip(), false);
  }

  private static <T> Read<T> read(
      String document, List<String> fields, Function<Section, Optional<T>> reader) {
    Problems problems = new Problems();
    DocumentParser parser = new DocumentParser(problems);
    DocumentParser.Outcome outcome = parser.parse(document);
    if (outcome == DocumentParser.Outcome.BROKEN) {
      return new Read.Bad<>(problems.all());
    }
    if (!(parser.root() instanceof ObjectNode object)) {
      problems.add("", "must be an object, but is " + Section.kind(parser.root()));
      return new Read.Bad<>(problems.all());
    }
    Section root = new Section(object, "", problems);
    Optional<T> value = reader.apply(root);
    root.allow(fields);
    return problems.none() && value.isPresent()
        ? new Read.Good<>(value.get())
        : new Read.Bad<>(problems.all());
  }
}
