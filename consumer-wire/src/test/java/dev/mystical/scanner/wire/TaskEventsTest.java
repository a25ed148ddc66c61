package dev.mystical.scanner.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskEventsTest {
  private static final String TASK =
      "arn:aws:ecs:eu-west-1:123456789012:task/scans/0123456789abcdef";
  private static final String CLUSTER = "arn:aws:ecs:eu-west-1:123456789012:cluster/scans";
  private static final TaskEvent NEWS =
      new TaskEvent(new TaskArn(TASK), CLUSTER, "scan/s-1/sonar", 4, "RUNNING");

  @Test
  void newsOfATaskIsRead() {
    assertThat(TaskEvents.read(event("null"))).contains(NEWS);
  }

  /** One that AWS has sent, of a task that somebody else had started. */
  @Test
  void aRealEventIsReadOnceItsTaskIsOurs() throws IOException {
    String real = real();
    assertThat(TaskEvents.read(real)).isEmpty();

    String ours = real.replace("\"group\":", "\"startedBy\":\"scan/abc/mystical\",\"group\":");

    assertThat(TaskEvents.read(ours))
        .contains(
            new TaskEvent(
                new TaskArn(
                    "arn:aws:ecs:us-east-2:111122223333:task/e9511a82-9247-4239-89e9-ffd548ed9ee4"),
                "arn:aws:ecs:us-east-2:111122223333:cluster/primary-cluster",
                "scan/abc/mystical",
                4,
                "DEPROVISIONING"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"text\"",
        "{\"value\":\"two\\nlines\\u0007\"}",
        "{\"a\":{\"a\":[1,{\"a\":2}]}}",
        "123456789012345678901234567890",
        "1e400",
        "{\"twice\":1,\"twice\":2}"
      })
  void whatElseAnEventHasDoesNotMatter(String more) {
    assertThat(TaskEvents.read(event(more))).contains(NEWS);
  }

  @Test
  void aStateThatIsNotKnownYetIsKept() {
    assertThat(TaskEvents.read(event("1").replace("RUNNING", "HIBERNATING")))
        .map(TaskEvent::lastStatus)
        .contains("HIBERNATING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ECS Task State Change | ECS Container Instance State Change",
        "ECS Task State Change | ECS Service Action",
        "ECS Task State Change | ecs task state change",
        "aws.ecs | aws.ec2",
        "aws.ecs | my.ecs",
        "\"source\":\"aws.ecs\" | \"source\":[\"aws.ecs\"]",
        "\"source\":\"aws.ecs\", | ``",
        "\"detail\":{ | \"detail\":7,\"other\":{",
        "\"detail\":{ | \"detail\":null,\"other\":{",
        "\"detail\":{ | \"other\":{",
        "scan/s-1/sonar | somebody",
        "scan/s-1/sonar | scanner/1",
        "scan/s-1/sonar | ``",
        "\"scan/s-1/sonar\" | {\"name\":\"scan/s-1/sonar\"}",
        "\"startedBy\":\"scan/s-1/sonar\", | ``",
        "\"version\":4 | \"version\":\"4\"",
        "\"version\":4 | \"version\":4.5",
        "\"version\":4 | \"version\":-1",
        "\"version\":4 | \"version\":99999999999999999999",
        "\"version\":4, | ``",
        "\"RUNNING\" | true",
        "\"RUNNING\" | \" \"",
        "\"RUNNING\" | \"\\u0000\"",
        "\"lastStatus\" | \"status\"",
        ":task/ | :cluster/",
        "arn:aws:ecs:eu-west-1:123456789012:task/scans/0123456789abcdef | 0123456789abcdef",
        "arn:aws:ecs:eu-west-1:123456789012:task/ | arn:aws:ecs:eu-west-1:123456789012:task/ /",
        ":cluster/scans | :cluster/",
        "\"version\":4 | \"version\":4,\"version\":5",
        "\"lastStatus\" | \"taskArn\":\"arn:aws:ecs:eu-west-1:123456789012:task/x\",\"lastStatus\"",
      })
  void whatIsNotSuchNewsIsNone(String part, String instead) {
    String document = event("null");
    assertThat(document).contains(part);

    assertThat(TaskEvents.read(document.replace(part, instead))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "{}",
        "{",
        "}",
        "[{]",
        "{\"detail\":{}}",
        "<xml/>",
        "\ufeff{}",
        "\u0000",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":\"\\x\"}",
        "{\"\udc00\":1}"
      })
  void whatIsNoDocumentIsNone(String document) {
    assertThat(TaskEvents.read(document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "x", "}", "1"})
  void anEventWithMoreBehindItIsNone(String tail) {
    assertThat(TaskEvents.read(event("null") + tail)).isEmpty();
  }

  @Test
  void aHugeEventIsNone() {
    assertThat(TaskEvents.read(event("\"" + "x".repeat(300_000) + "\""))).isEmpty();
    assertThat(TaskEvents.read(event("\"" + "x".repeat(200_000) + "\""))).contains(NEWS);
  }

  @Test
  void depthHarmsNobody() {
    for (int depth : new int[] {40, 900, 2_000, 100_000}) {
      String deep = "[".repeat(depth) + "]".repeat(depth);
      assertThatCode(() -> TaskEvents.read(event(deep))).doesNotThrowAnyException();
      String objects = "{\"a\":".repeat(depth / 10) + "1" + "}".repeat(depth / 10);
      assertThatCode(() -> TaskEvents.read(event(objects))).doesNotThrowAnyException();
    }
    assertThat(TaskEvents.read(event("[".repeat(2_000) + "]".repeat(2_000)))).isEmpty();
  }

  /** Whatever becomes of an event on its way, it is news or none. */
  @Test
  void spoiltEventsThrowNothing() throws IOException {
    RandomGenerator random = new Random(20260101);
    String real = real().replace("\"group\":", "\"startedBy\":\"scan/abc/mystical\",\"group\":");
    for (int i = 0; i < 3_000; i++) {
      StringBuilder spoilt = new StringBuilder(real);
      for (int wound = random.nextInt(1, 4); wound > 0; wound--) {
        int at = random.nextInt(spoilt.length());
        switch (random.nextInt(3)) {
          case 0 -> spoilt.setCharAt(at, (char) random.nextInt(0x10000));
          case 1 -> spoilt.delete(at, Math.min(spoilt.length(), at + random.nextInt(1, 30)));
          default -> spoilt.insert(at, "{}[]\",:0".charAt(random.nextInt(8)));
        }
      }
      String document = spoilt.toString();
      Optional<TaskEvent> news = TaskEvents.read(document);
      assertThat(news.stream())
          .as("round %d: %s", i, document)
          .allSatisfy(it -> assertThat(it.startedBy()).startsWith("scan/"));
    }
  }

  private static String event(String more) {
    return """
    {"version":"0","detail-type":"ECS Task State Change","source":"aws.ecs","detail":{
      "taskArn":"%s","clusterArn":"%s","startedBy":"scan/s-1/sonar","version":4,
      "lastStatus":"RUNNING","more":%s}}
    """
        .formatted(TASK, CLUSTER, more);
  }

  private static String real() throws IOException {
    try (InputStream in = TaskEventsTest.class.getResourceAsStream("/task-state-change.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
