package dev.mystical.scanner.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ECS means when it refuses a task, by its words: the same ones stand in failures of an answer
 * and in exceptions, and its codes are too coarse ("InvalidParameterException" wraps throttles).
 * Tried in this order; apostrophes are left out of the patterns since AWS writes both kinds.
 */
enum Refusal {
  /**
   * Too many calls, here or at EC2 behind it: "Error retrieving subnet information for [subnet-…]:
   * Rate exceeded (ErrorCode: Throttling)".
   */
  THROTTLED(
      "Rate exceeded|Request limit exceeded|RequestLimitExceeded|ErrorCode: Throttling"
          + "|ThrottlingException"),

  /** "You've reached the limit on the number of vCPUs (or tasks) you can run concurrently". */
  QUOTA("reached the limit on the number of (vCPUs|tasks)"),

  /**
   * No room now. The reasons of "API failure reasons" that time heals, Fargate's own words, and
   * what AWS's network lacks. AGENT is an instance that has lost its agent.
   */
  CAPACITY(
      "Capacity is unavailable at this time|provisioning capacity limit exceeded"
          + "|^(TaskFailedToStart: )?(RESOURCE:|AGENT\\b)|NO ACTIVE INSTANCES"
          + "|EMPTY CAPACITY PROVIDER|No Container Instances were found in your capacity provider"
          + "|free (IP )?addresses|InsufficientFreeAddresses|Unexpected EC2 error"
          + "|network interface provisioning|Internal ?error"),

  /**
   * A person has to mend the settings or the account: nowhere will this task definition run. Of the
   * failure reasons: ATTRIBUTE, LOCATION, MISSING, INACTIVE. A cluster without instances is what
   * one sees who has set neither LAUNCH_TYPE nor CAPACITY_PROVIDERS.
   */
  CONFIGURATION(
      "^(TaskFailedToStart: )?(ATTRIBUTE|LOCATION|MISSING|INACTIVE)\\b|above your limit"
          + "|placement constraint|compute strategy|is inactive|ARN and resource ID format"
          + "|not a container in the|No Container Instances were found in your cluster"),

  /** What this request says of itself, and no other would: overrides, tags, name, token. */
  REQUEST("overrides? length|environment variable|startedBy|clientToken|\\btags?\\b");

  private final Pattern words;

  Refusal(String words) {
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  static Optional<Refusal> of(String text) {
    return Arrays.stream(values()).filter(it -> it.words.matcher(text).find()).findFirst();
  }
}
