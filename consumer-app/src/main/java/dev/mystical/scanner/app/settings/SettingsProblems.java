package dev.mystical.scanner.app.settings;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; names everything that is wrong with them, and no secret. */
public final class SettingsProblems extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<SettingProblem> problems;

  SettingsProblems(List<SettingProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(
                Collectors.joining(
                    "",
                    problems.size() == 1
                        ? "1 problem with the settings:"
                        : problems.size() + " problems with the settings:",
                    "")));
    this.problems = List.copyOf(problems);
  }

  public List<SettingProblem> problems() {
    return problems;
  }
}
