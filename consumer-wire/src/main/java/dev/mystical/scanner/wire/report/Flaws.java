package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Why a report cannot be read: what would decide its verdict is not what it must be. */
final class Flaws {
  /** Nobody reads more, and a hostile report could make millions. */
  static final int MOST = 100;

  private static final int LONGEST_POINTER = 1_024;
  // Jackson's words about its own source, and what it quotes of a document beyond a character.
  private static final Pattern ASIDES = Pattern.compile("(?s)\\s*(?:\\((?:start|for) |\\n).*");

  private final List<Problem> problems = new ArrayList<>();
  private int untold;

  boolean none() {
    return problems.isEmpty();
  }

  /** At the place where the parser stands. */
  void here(JsonParser parser, String detail) {
    if (full()) {
      untold++;
    } else {
      add(parser.getParsingContext().pathAsPointer().toString(), detail);
    }
  }

  /** At a member of the object in which the parser stands, which may not be there. */
  void member(JsonParser parser, String name, String detail) {
    add(
        parser.getParsingContext().pathAsPointer()
            + "/"
            + name.replace("~", "~0").replace("/", "~1"),
        detail);
  }

  void whole(String detail) {
    add("", detail);
  }

  /** Where the document stops being JSON. Quotes at most a few characters of it. */
  void syntax(JsonParser parser, JsonProcessingException e) {
    JsonLocation at = Objects.requireNonNullElse(e.getLocation(), parser.currentLocation());
    String reason = ASIDES.matcher(e.getOriginalMessage()).replaceFirst("");
    here(
        parser,
        "is not JSON at line %d, column %d: %s"
            .formatted(at.getLineNr(), at.getColumnNr(), Texts.line(reason)));
  }

  /** Asked first, since a hostile report has millions, and pointers take time to make. */
  private boolean full() {
    return problems.size() >= MOST;
  }

  private void add(String pointer, String detail) {
    if (full()) {
      untold++;
      return;
    }
    boolean plain = pointer.length() <= LONGEST_POINTER && pointer.equals(Texts.line(pointer));
    problems.add(new Problem(plain ? pointer : "", detail, ErrorCode.REPORT_INVALID));
  }

  List<Problem> all() {
    List<Problem> all = new ArrayList<>(problems);
    if (untold > 0) {
      all.add(new Problem("", "has %d problems more".formatted(untold), ErrorCode.REPORT_INVALID));
    }
    return all;
  }
}
