package dev.mystical.scanner.aws;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What a service said when it refused a call.
 *
 * @param code without the service's prefixes; empty where the answer had none, as an HTML page of
 *     something between us and AWS has none
 * @param text one line, without secrets
 */
record ServiceError(int status, String code, String text, Optional<String> requestId) {
  private static final Pattern PREFIX = Pattern.compile("^.*#|^AWS\\.SimpleQueueService\\.");

  // All services: "Common errors" of the API references; the SDK's own list of throttles.
  private static final Set<String> THROTTLES =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "EC2ThrottledException",
          "SlowDown",
          "PriorRequestNotComplete",
          "OverLimit",
          "KmsThrottled",
          "KMS.ThrottlingException");
  private static final Set<String> DENIALS =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSecurity",
          "InvalidSignature",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "UnrecognizedClient",
          "UnrecognizedClientException");
  private static final Set<String> BREAKDOWNS =
      Set.of(
          "InternalError",
          "InternalFailure",
          "InternalServerError",
          "RequestTimeout",
          "RequestTimeoutException",
          "ServerException",
          "ServiceUnavailable",
          "ServiceUnavailableException");

  static ServiceError of(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return new ServiceError(
        e.statusCode(),
        details == null ? "" : plain(details.errorCode()),
        details == null || details.errorMessage() == null ? "" : Line.of(details.errorMessage()),
        RequestIds.of(e.requestId()));
  }

  static String plain(@Nullable String code) {
    return code == null ? "" : PREFIX.matcher(code).replaceFirst("").replaceFirst(":.*$", "");
  }

  /** Too many calls; this one was not carried out. */
  boolean throttled() {
    return THROTTLES.contains(code) || status == 429;
  }

  /** Credentials or permissions are missing, bad or too old. */
  boolean denied() {
    return DENIALS.contains(code) || status == 401 || status == 403 || status == 407;
  }

  /** The service is in trouble itself, and what it did is unknown. */
  boolean broken() {
    return status >= 500 || status == 408 || BREAKDOWNS.contains(code);
  }

  @Override
  public String toString() {
    String said = code.isEmpty() ? "HTTP " + status : code;
    return text.isEmpty() ? said : said + ": " + text;
  }
}
