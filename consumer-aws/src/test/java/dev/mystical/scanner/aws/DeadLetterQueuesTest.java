package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterQueuesTest {
  @Test
  void policyIsReadHoweverItsCountIsWritten() {
    RedrivePolicy policy = new RedrivePolicy("arn:aws:sqs:r:1:dead", Optional.of(5));

    assertThat(
            RedrivePolicy.parse(
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:r:1:dead\",\"maxReceiveCount\":5}"))
        .contains(policy);
    assertThat(
            RedrivePolicy.parse(
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:r:1:dead\",\"maxReceiveCount\":\"5\"}"))
        .contains(policy);
  }

  @Test
  void whatIsNoPolicyIsNone() {
    assertThat(RedrivePolicy.parse("")).isEmpty();
    assertThat(RedrivePolicy.parse("{}")).isEmpty();
    assertThat(RedrivePolicy.parse("{\"deadLetterTargetArn\":")).isEmpty();
  }

  @Test
  void siblingIsOnTheSameServer() {
    assertThat(
            DeadLetterQueues.sibling(
                "https://sqs.eu-west-1.amazonaws.com/111122223333/scans", "444455556666", "dead"))
        .isEqualTo("https://sqs.eu-west-1.amazonaws.com/444455556666/dead");
  }
}
