package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/** What SQS's refusals mean. */
final class SqsFailures {
  private static final Set<String> GONE = Set.of("ReceiptHandleIsInvalid", "MessageNotInflight");

  private SqsFailures() {}

  /** The failure of a whole call. */
  static QueueUnavailable of(String operation, RuntimeException e) {
    if (e instanceof AwsServiceException refused) {
      ServiceError error = ServiceError.of(refused);
      String request = error.requestId().map(id -> " (request " + id + ")").orElse("");
      return new QueueUnavailable(
          kind(error), "SQS " + operation + ": " + error + request, SdkCause.of(e));
    }
    Kind kind = Trip.of(e) == Trip.LOST ? Kind.PASSING : Kind.CONFIGURATION;
    return new QueueUnavailable(
        kind, "SQS " + operation + ": " + Line.of(String.valueOf(e.getMessage())), e);
  }

  private static Kind kind(ServiceError error) {
    if (error.throttled() || error.broken()) {
      return Kind.PASSING;
    }
    // The rest of 4xx is about us: QueueDoesNotExist, InvalidAddress, KMS.*, a bad signature, or
    // somebody else's page at the endpoint. Time mends none of it. A 200 or 3xx is no refusal.
    return error.status() >= 400 || error.denied() ? Kind.CONFIGURATION : Kind.PASSING;
  }

  /**
   * The failure of one entry. SQS says of a handle that is worth nothing "ReceiptHandleIsInvalid",
   * "MessageNotInflight", or "InvalidParameterValue" with a reason ("The receipt handle has
   * expired", "Message does not exist or is not available for visibility timeout change"), see
   * DeleteMessage and ChangeMessageVisibility in its API reference.
   */
  static EntryResult entry(BatchResultErrorEntry entry) {
    String code = ServiceError.plain(entry.code());
    String text = entry.message() == null ? "" : Line.of(entry.message());
    String reason = text.isEmpty() ? code : code + ": " + text;
    return GONE.contains(code) || (code.equals("InvalidParameterValue") && aboutHandle(text))
        ? new EntryResult.Gone(reason)
        : new EntryResult.Failed(reason);
  }

  private static boolean aboutHandle(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("receipt handle has expired")
        || lower.contains("receipt handle is not valid")
        || lower.contains("receipthandle is invalid")
        || lower.contains("does not exist or is not available");
  }
}
