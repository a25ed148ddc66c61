package dev.mystical.scanner.stand.ecs;

import java.util.Locale;
import java.util.Optional;

/**
 * The ways in which a call goes wrong on request. Each bites at one point of it: instead of doing
 * the call, where tasks are placed (RunTask alone), or after it was done.
 */
public enum FaultKind {
  /** ThrottlingException, HTTP 400. */
  THROTTLE(Phase.INSTEAD, 400, "ThrottlingException", "Rate exceeded"),
  /**
   * An EC2 throttle inside InvalidParameterException (dagster-io/dagster#33439). Another that is
   * seen: "Error retrieving security group information for [sg-1]: Request limit exceeded.
   * (ErrorCode: RequestLimitExceeded)" (dask/dask-cloudprovider#56).
   */
  WRAPPED_THROTTLE(
      Phase.INSTEAD,
      400,
      "InvalidParameterException",
      "Error retrieving subnet information for [subnet-1]: Rate exceeded (ErrorCode: Throttling)"),
  /** ServerException, HTTP 500, nothing done. */
  ERROR_500(Phase.INSTEAD, 500, "ServerException", "Service Unavailable. Please try again later."),
  /** ServiceUnavailable, HTTP 503, nothing done. */
  ERROR_503(Phase.INSTEAD, 503, "ServiceUnavailable", "Service is unavailable."),
  /** A proxy's HTML page. */
  HTML_502(Phase.INSTEAD, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
  /** AccessDeniedException. */
  ACCESS_DENIED(
      Phase.INSTEAD,
      400,
      "AccessDeniedException",
      "User: arn:aws:iam::123456789012:user/scanner is not authorized to perform this action because no identity-based policy allows it"),
  /** UnrecognizedClientException: wrong credentials. */
  UNRECOGNIZED_CLIENT(
      Phase.INSTEAD,
      400,
      "UnrecognizedClientException",
      "The security token included in the request is invalid."),
  /** ExpiredTokenException: credentials of yesterday. */
  EXPIRED_TOKEN(
      Phase.INSTEAD,
      400,
      "ExpiredTokenException",
      "The security token included in the request is expired"),
  /** ClusterNotFoundException. */
  CLUSTER_GONE(Phase.INSTEAD, 400, "ClusterNotFoundException", "Cluster not found."),
  /** ClientException "TaskDefinition is inactive". */
  TASK_DEFINITION_INACTIVE(Phase.INSTEAD, 400, "ClientException", "TaskDefinition is inactive"),
  /** ClientException "Tasks provisioning capacity limit exceeded." (grand-challenge#2013). */
  PROVISIONING_LIMIT(
      Phase.INSTEAD, 400, "ClientException", "Tasks provisioning capacity limit exceeded."),
  /** InvalidParameterException with the fault's message. */
  INVALID_PARAMETER(Phase.INSTEAD, 400, "InvalidParameterException", "Invalid parameter."),
  /** The connection is closed, nothing done. */
  DROP(Phase.INSTEAD, ""),
  /** No answer ever, nothing done. */
  HANG(Phase.INSTEAD, ""),

  /** Fargate has no room: HTTP 200 and failures[]. */
  NO_CAPACITY(
      Phase.PLACING,
      "Capacity is unavailable at this time. Please try again later or in a different availability zone"),
  /** failures[] RESOURCE:MEMORY ("API failure reasons"). */
  RESOURCE_MEMORY(Phase.PLACING, "RESOURCE:MEMORY"),
  /** failures[] RESOURCE:CPU. */
  RESOURCE_CPU(Phase.PLACING, "RESOURCE:CPU"),
  /** failures[] AGENT. */
  AGENT(Phase.PLACING, "AGENT"),
  /** failures[] with the vCPU quota's text. */
  QUOTA(Phase.PLACING, "You've reached the limit on the number of vCPUs you can run concurrently"),
  /** The same with a typographic apostrophe; both are seen. */
  QUOTA_CURLY(
      Phase.PLACING,
      "You\u2019ve reached the limit on the number of vCPUs you can run concurrently"),
  /** failures[] with the quota of tasks. */
  QUOTA_TASKS(
      Phase.PLACING, "You've reached the limit on the number of tasks you can run concurrently"),
  /** failures[] with the fault's message. */
  FAILURE(Phase.PLACING, "Internal error"),
  /** failures[] says no capacity, and yet the task is there (apache/airflow#16150). */
  GHOST(
      Phase.PLACING,
      "Capacity is unavailable at this time. Please try again later or in a different availability zone"),
  /** Neither tasks nor failures. */
  EMPTY(Phase.PLACING, ""),

  /** Done, and the connection closed without an answer. */
  ACCEPT_THEN_DROP(Phase.AFTER, ""),
  /** Done, and answered with HTTP 500. */
  ACCEPT_THEN_500(Phase.AFTER, "Service Unavailable. Please try again later."),
  /** Done, and never answered. */
  ACCEPT_THEN_HANG(Phase.AFTER, ""),
  /** Done, and answered with ConflictException naming the tasks. */
  CONFLICT(Phase.AFTER, "The clientToken was used in an earlier request with other parameters."),
  /** Done, and answered late by the fault's delay (real time). */
  SLOW(Phase.AFTER, ""),
  /** Done, with times as texts, which the SDK cannot read. */
  ISO_TIMES(Phase.AFTER, ""),
  /** Done, with the fault's message as lastStatus of every task. */
  UNKNOWN_STATUS(Phase.AFTER, "HIBERNATING"),
  /** DescribeTasks calls all tasks MISSING. */
  MISSING(Phase.AFTER, "MISSING");

  /** Where a fault bites. */
  enum Phase {
    INSTEAD,
    PLACING,
    AFTER
  }

  private final Phase phase;
  private final int status;
  private final String type;
  private final String text;

  FaultKind(Phase phase, int status, String type, String text) {
    this.phase = phase;
    this.status = status;
    this.type = type;
    this.text = text;
  }

  FaultKind(Phase phase, String text) {
    this(phase, 0, "", text);
  }

  /** The error that is the answer, where one is. */
  Optional<EcsError> error(String message) {
    return type.isEmpty() ? Optional.empty() : Optional.of(EcsError.of(status, type, message));
  }

  /** What it says unless the fault says something else. */
  String text() {
    return text;
  }

  Phase phase() {
    return phase;
  }

  /** The name over HTTP, such as {@code accept-then-drop}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of that name over HTTP.
   *
   * @throws IllegalArgumentException where there is none
   */
  static FaultKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
