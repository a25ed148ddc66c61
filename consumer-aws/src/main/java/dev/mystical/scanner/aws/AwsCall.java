package dev.mystical.scanner.aws;

import java.time.Duration;

/**
 * A call of AWS that has ended. An answer that refuses a part of what was asked (an entry of a
 * batch, a task without capacity) is an answer.
 *
 * @param service in lower case, such as {@code sqs}
 * @param action as AWS names it, such as {@code ReceiveMessage}
 * @param retries tries beyond the first
 * @param took with all tries, and the pauses between them
 */
public record AwsCall(String service, String action, Outcome outcome, int retries, Duration took) {
  /** How its last try went. */
  public enum Outcome {
    OK,
    /** Too many calls. */
    THROTTLED,
    /** Another refusal that is the caller's fault, as AWS sees it. */
    REFUSED,
    /** AWS' own fault, as it admits. */
    FAILED,
    /** None came that could be read, in time; or it was never sent. */
    NO_ANSWER
  }
}
