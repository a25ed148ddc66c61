package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ECS means when it tells in words why a task stopped: stoppedReason and the containers'
 * reasons, which are made for people and have no list that is complete. Tried in this order: what
 * is certain first, then what time heals, then what a person has to mend, and then the categories
 * of "Amazon ECS stopped tasks error messages", each of which has reasons of both kinds.
 *
 * <p>The refusals of RunTask have a table of their own: some of their words are the same, but there
 * they decide whether a place is tried again, and here whether a whole attempt is.
 */
enum StopWords {
  /**
   * "OutOfMemoryError: Container killed due to memory usage" (the C is small at times), in the
   * container's reason alone; the task's stopCode stays EssentialContainerExited.
   */
  OUT_OF_MEMORY(
      ErrorCode.OUT_OF_MEMORY, Again.NEVER, "out of memory", "OutOfMemory|killed due to memory"),

  /** "Your Spot Task was interrupted." and the category SpotInterruptionError. */
  SPOT(
      ErrorCode.SPOT_INTERRUPTED,
      Again.SPOT,
      "interrupted by Spot",
      "Spot Task was interrupted|SpotInterruption"),

  /**
   * "Host EC2 (instance i-…) terminated." or "stopped.", "Container instance deregistration forced
   * by user" ("Checking stopped tasks for errors"), "ECS is performing maintenance on the
   * underlying infrastructure hosting the task" ("Task maintenance"). Nobody meant this task.
   */
  HOST(
      ErrorCode.TASK_LOST,
      Again.MAYBE,
      "its host is gone",
      "^Host EC2\\b|instance deregistration forced|maintenance on the underlying infrastructure"
          + "|instance is in DRAINING"),

  /**
   * What time heals. "CannotPullContainer task errors": timeouts, 429 and Docker Hub's rate. What
   * Dagster's launcher repeats: "i/o timeout", "EOF", "invalid argument", AuthFailure at a network
   * interface, provisioning that times out, service discovery.
   */
  PASSING(
      ErrorCode.ECS_START_FAILED,
      Again.MAYBE,
      "did not start",
      "i/o timeout|\\bEOF\\b|invalid argument|\\b429\\b|too ?many ?requests|pull rate limit"
          + "|request canceled|context (deadline exceeded|canceled)|handshake timeout"
          + "|connection (reset|refused|timed out)|no such host|status(code| code)?:? ?5\\d\\d\\b"
          + "|API error \\(5\\d\\d\\)|Rate exceeded|Request ?limit ?exceeded|Throttling|AuthFailure"
          + "|Timeout waiting for|Service Discovery instance could not be registered"),

  /** Fargate's own limit, told late. */
  QUOTA(
      ErrorCode.ECS_QUOTA,
      Again.MAYBE,
      "the account's quota is used up",
      "reached the limit on the number of (vCPUs|tasks)"),

  /**
   * No room. The late twins of RunTask's failures ("TaskFailedToStart: RESOURCE:MEMORY", AGENT, NO
   * ACTIVE INSTANCES, EMPTY CAPACITY PROVIDER), and what lacks in the network ("TaskFailedToStart
   * errors").
   */
  ROOM(
      ErrorCode.ECS_CAPACITY,
      Again.MAYBE,
      "no room for it",
      "Capacity is unavailable|capacity limit exceeded"
          + "|(^|TaskFailedToStart: ?|; )(RESOURCE:|AGENT\\b)|NO ACTIVE INSTANCES"
          + "|EMPTY CAPACITY PROVIDER|No Container Instances were found in your capacity provider"
          + "|free (IP )?addresses|InsufficientFreeAddresses|InsufficientInstanceCapacity"
          + "|unused device index"),

  /**
   * What a person has to mend. Placement: ATTRIBUTE, LOCATION, MISSING, INACTIVE, constraints,
   * compute strategy. "CannotPullContainer task errors": images that are not there, or not for us.
   * "ResourceInitializationError": secrets, registry or logger out of reach or not allowed.
   * "CannotStartContainerError": a command that the image does not have.
   */
  SETTINGS(
      ErrorCode.ECS_CONFIG,
      Again.NEVER,
      "did not start; the settings have to be mended",
      "(^|TaskFailedToStart: ?|; )(ATTRIBUTE|LOCATION|MISSING|INACTIVE)\\b|above your limit"
          + "|placement constraint|compute strategy|is inactive|(not |in)compatible"
          + "|No Container Instances were found in your cluster"
          + "|\\b40[134]\\b|forbidden|unauthorized|not authorized|denied|no basic auth credentials"
          + "|not ?found|no such|does not exist|manifest unknown|invalid reference|no matching"
          + "|does not match|exec format error|secret|registry auth|\\blogger\\b|log (group|stream)"
          + "|assume (the |a )?(\\w+ )?role"),

  /** "Unexpected EC2 error while attempting to Create Network Interface …", for another reason. */
  NETWORK(ErrorCode.ECS_CAPACITY, Again.MAYBE, "no network for it", "Unexpected EC2 error"),

  /** The categories themselves; DockerTimeoutError is the older name of one of them. */
  PLATFORM(
      ErrorCode.ECS_START_FAILED,
      Again.MAYBE,
      "ECS did not get it to run",
      "Internal ?error|ContainerRuntime(Timeout)?Error|DockerTimeoutError|ResourceInitialization"
          + "|Cannot(Pull|Create|Start|Stop|Inspect)\\w*|Task failed to start");

  private final ErrorCode code;
  private final Again again;
  private final String meaning;
  private final Pattern words;

  StopWords(ErrorCode code, Again again, String meaning, String words) {
    this.code = code;
    this.again = again;
    this.meaning = meaning;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  static Optional<StopWords> of(String text) {
    return Arrays.stream(values()).filter(it -> it.words.matcher(text).find()).findFirst();
  }

  ErrorCode code() {
    return code;
  }

  Again again() {
    return again;
  }

  /** For a person. */
  String meaning() {
    return meaning;
  }

  /** Its capacity or its host was taken away, however its containers exited then. */
  boolean takenAway() {
    return this == SPOT || this == HOST;
  }
}
