package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "400, AWS.SimpleQueueService.NonExistentQueue, CONFIGURATION",
    "400, QueueDoesNotExist, CONFIGURATION",
    "400, com.amazonaws.sqs#QueueDoesNotExist, CONFIGURATION",
    "403, AccessDenied, CONFIGURATION",
    "400, AccessDeniedException, CONFIGURATION",
    "400, KMS.DisabledException, CONFIGURATION",
    "400, KMS.AccessDeniedException, CONFIGURATION",
    "400, KmsNotFound, CONFIGURATION",
    "400, InvalidAddress, CONFIGURATION",
    "403, InvalidSignatureException, CONFIGURATION",
    "403, SignatureDoesNotMatch, CONFIGURATION",
    "403, ExpiredToken, CONFIGURATION",
    "400, ExpiredTokenException, CONFIGURATION",
    "400, UnrecognizedClientException, CONFIGURATION",
    "403, InvalidClientTokenId, CONFIGURATION",
    "404, '', CONFIGURATION",
    "400, KmsThrottled, PASSING",
    "400, KMS.ThrottlingException, PASSING",
    "400, OverLimit, PASSING",
    "403, RequestThrottled, PASSING",
    "400, ThrottlingException, PASSING",
    "429, '', PASSING",
    "500, InternalError, PASSING",
    "503, ServiceUnavailable, PASSING",
    "502, '', PASSING",
    "408, '', PASSING",
  })
  void wholeCallSaysWhoCanHelp(int status, String code, Kind kind) {
    assertThat(failure(status, code, "text").kind()).isEqualTo(kind);
  }

  @Test
  void lostCallPasses() {
    assertThat(lost(new IOException("Connection reset")).kind()).isEqualTo(Kind.PASSING);
    assertThat(SqsFailures.of("ReceiveMessage", ApiCallTimeoutException.create(1)).kind())
        .isEqualTo(Kind.PASSING);
    assertThat(SqsFailures.of("ReceiveMessage", new IllegalStateException()).kind())
        .isEqualTo(Kind.PASSING);
  }

  @Test
  void wrongHostAndMissingCredentialsAreForAPersonToMend() {
    assertThat(lost(new UnknownHostException("sqs.eu-wets-1.amazonaws.com")).kind())
        .isEqualTo(Kind.CONFIGURATION);
    assertThat(lost(new SSLHandshakeException("PKIX path building failed")).kind())
        .isEqualTo(Kind.CONFIGURATION);
    assertThat(
            SqsFailures.of(
                    "ReceiveMessage",
                    SdkClientException.create("Unable to load credentials from any of the"))
                .kind())
        .isEqualTo(Kind.CONFIGURATION);
  }

  @Test
  void failureSaysOperationCodeAndRequest() {
    assertThat(failure(400, "OverLimit", "Too many\nmessages."))
        .hasMessage("SQS ReceiveMessage: OverLimit: Too many messages. (request request-1)");
  }

  @Test
  void recitedRequestIsNotShown() {
    QueueUnavailable failure =
        failure(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match.\n\nThe Canonical String for this"
                + " request should have been\n'POST\n/\nx-amz-security-token:IQoJb3JpZ2lu\n'");
    StringWriter whole = new StringWriter();
    failure.printStackTrace(new PrintWriter(whole));

    assertThat(whole.toString()).contains("signature we calculated").doesNotContain("IQoJb3JpZ2lu");
  }

  @Test
  void tokenIsNotShownWhereverItStands() {
    assertThat(failure(403, "AccessDenied", "header x-amz-security-token: IQoJb3JpZ2lu is bad"))
        .hasMessageContaining("is bad")
        .hasMessageNotContaining("IQoJb3JpZ2lu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ReceiptHandleIsInvalid | The receipt handle is invalid",
        "AWS.SimpleQueueService.MessageNotInflight | ''",
        "MessageNotInflight | ''",
        "InvalidParameterValue | Value x for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.",
        "InvalidParameterValue | Value x for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.",
      })
  void worthlessHandleIsGone(String code, String message) {
    assertThat(SqsFailures.entry(entry(code, message))).isInstanceOf(EntryResult.Gone.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InternalError | ''",
        "RequestThrottled | ''",
        "InvalidParameterValue | Value 43201 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].",
        "SomethingNew | ''",
      })
  void otherEntriesHaveFailed(String code, String message) {
    assertThat(SqsFailures.entry(entry(code, message))).isInstanceOf(EntryResult.Failed.class);
  }

  private static BatchResultErrorEntry entry(String code, String message) {
    return BatchResultErrorEntry.builder().id("0").code(code).message(message).build();
  }

  private static QueueUnavailable lost(IOException cause) {
    return SqsFailures.of(
        "ReceiveMessage", SdkClientException.create("Unable to execute HTTP request", cause));
  }

  private static QueueUnavailable failure(int status, String code, String text) {
    AwsErrorDetails.Builder details = AwsErrorDetails.builder().errorMessage(text);
    if (!code.isEmpty()) {
      details.errorCode(code);
    }
    return SqsFailures.of(
        "ReceiveMessage",
        SqsException.builder()
            .awsErrorDetails(details.build())
            .statusCode(status)
            .requestId("request-1")
            .build());
  }
}
