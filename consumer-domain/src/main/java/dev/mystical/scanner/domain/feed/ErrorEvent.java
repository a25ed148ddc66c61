package dev.mystical.scanner.domain.feed;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.util.Optional;

/**
 * Something that people should see, as the code that met it says it. The feed adds id, time, node,
 * fingerprint and count, and cleans the text.
 *
 * @param retryable whether it may go away by itself or with a repeat
 */
public record ErrorEvent(
    Severity severity,
    ErrorCode code,
    Stage stage,
    Subject subject,
    boolean retryable,
    String message,
    Optional<String> awsRequestId) {
  /** Something that heals by itself. */
  public static ErrorEvent warn(ErrorCode code, Stage stage, Subject subject, String message) {
    return new ErrorEvent(Severity.WARN, code, stage, subject, true, message, Optional.empty());
  }

  /** Something that a person should look at. */
  public static ErrorEvent error(ErrorCode code, Stage stage, Subject subject, String message) {
    return new ErrorEvent(Severity.ERROR, code, stage, subject, false, message, Optional.empty());
  }

  public ErrorEvent withRequest(Optional<String> requestId) {
    return new ErrorEvent(severity, code, stage, subject, retryable, message, requestId);
  }
}
