package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsProtocolIT {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/ecs/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  private final Stand stand = Stand.atHand();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    stand.close();
  }

  private HttpResponse<String> call(String operation, String authorization, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(stand.ecs.endpoint())
            .timeout(Duration.ofSeconds(10))
            .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aCallMustBeSigned() throws IOException, InterruptedException {
    HttpResponse<String> answer = call("ListTasks", "", "{}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("MissingAuthenticationTokenException");
  }

  @Test
  void aCallMustBeSignedForEcs() throws IOException, InterruptedException {
    assertThat(call("ListTasks", "Bearer x", "{}").body()).contains("IncompleteSignatureException");
    assertThat(call("ListTasks", SIGNED.replace("/ecs/", "/sqs/"), "{}").body())
        .contains("IncompleteSignatureException");
  }

  @Test
  void anUnknownOperationSaysSo() throws IOException, InterruptedException {
    HttpResponse<String> answer = call("MakeCoffee", SIGNED, "{}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("UnknownOperationException");
  }

  @Test
  void whatIsNoJsonSaysSo() throws IOException, InterruptedException {
    assertThat(call("ListTasks", SIGNED, "[1").body()).contains("SerializationException");
    assertThat(call("ListTasks", SIGNED, "[1]").body()).contains("SerializationException");
  }

  @Test
  void everyAnswerHasItsRequestId() throws IOException, InterruptedException {
    for (String authorization : new String[] {"", SIGNED}) {
      HttpResponse<String> answer = call("ListTasks", authorization, "{\"cluster\":\"scans\"}");
      assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("application/x-amz-json-1.1");
    }
  }

  @Test
  void timesAreSecondsWithAFraction() throws IOException, InterruptedException {
    stand.launch();
    String body =
        call(
                "DescribeTasks",
                SIGNED,
                "{\"cluster\":\"scans\",\"tasks\":[\""
                    + stand.ecs.tasks().getFirst().taskArn()
                    + "\"]}")
            .body();
    assertThat(body).contains("\"createdAt\":1767225600.000");
  }
}
