package dev.mystical.scanner.domain.intake;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A message's body, read. */
public sealed interface Decoded {
  /** The scan id that it names, if it names a good one. */
  Optional<ScanId> scanId();

  /** The tenant that it names; worth something only with a good signature. */
  Optional<Tenant> tenant();

  /**
   * A request.
   *
   * @param digest equal for documents that say the same, however they are written
   */
  record Request(
      ScanRequest request, String digest, Optional<ScanId> scanId, Optional<Tenant> tenant)
      implements Decoded {}

  /** No request, and everything that is wrong with it. */
  record Invalid(List<Problem> problems, Optional<ScanId> scanId, Optional<Tenant> tenant)
      implements Decoded {
    public Invalid {
      problems = List.copyOf(problems);
    }

    /** What to call all of it. */
    public ErrorCode code() {
      boolean known = problems.stream().allMatch(it -> it.code() == ErrorCode.PROVIDER_UNKNOWN);
      return known ? ErrorCode.PROVIDER_UNKNOWN : ErrorCode.MESSAGE_INVALID;
    }

    /** Every problem, and where it is. */
    public String text() {
      return problems.stream()
          .map(it -> (it.pointer().isEmpty() ? "the document" : it.pointer()) + ": " + it.detail())
          .collect(Collectors.joining("; "));
    }
  }
}
