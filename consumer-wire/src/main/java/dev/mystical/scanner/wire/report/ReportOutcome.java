package dev.mystical.scanner.wire.report;

import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.report.ReportSummary;
import java.util.List;

/** What became of a report. */
public sealed interface ReportOutcome {

  /**
   * It was read, and written in our form. Whether anything was looked at, the summary says.
   *
   * @param received the document as it came, unpacked
   * @param written what was written
   */
  record Read(ReportSummary summary, Content received, Content written) implements ReportOutcome {}

  /**
   * It is not what it says it is, or leaves open what decides its verdict. A better one may follow.
   *
   * @param problems a hundred at most; their pointers lead into the document as it came
   */
  record Unreadable(List<Problem> problems) implements ReportOutcome {
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }

  /**
   * It goes beyond a limit.
   *
   * @param why in words for people
   */
  record TooLarge(String why) implements ReportOutcome {}
}
