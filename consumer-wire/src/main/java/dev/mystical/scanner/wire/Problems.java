package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with one document, in the order in which it was found. Each place has one problem,
 * the first: what breaks a rule for every text is not told again for breaking a field's own.
 */
final class Problems {
  /** Nobody reads more, and a hostile document could make tens of thousands. */
  static final int MOST = 100;

  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> places = new HashSet<>();
  private int untold;

  void add(String pointer, String detail) {
    add(pointer, detail, ErrorCode.MESSAGE_INVALID);
  }

  void add(String pointer, String detail, ErrorCode code) {
    if (!places.contains(pointer)) {
      insist(pointer, detail, code);
    }
  }

  /** Adds a problem even where there is one already. */
  void insist(String pointer, String detail) {
    insist(pointer, detail, ErrorCode.MESSAGE_INVALID);
  }

  private void insist(String pointer, String detail, ErrorCode code) {
    // Told or not: nobody may take what stands there for good.
    places.add(pointer);
    if (problems.size() == MOST) {
      untold++;
      return;
    }
    problems.add(new Problem(pointer, detail, code));
  }

  boolean at(String pointer) {
    return places.contains(pointer);
  }

  boolean none() {
    return problems.isEmpty();
  }

  List<Problem> all() {
    List<Problem> all = new ArrayList<>(problems);
    if (untold > 0) {
      all.add(Problem.at("", "has %d problems more".formatted(untold)));
    }
    return all;
  }
}
