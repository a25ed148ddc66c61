package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {
  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-west-1.amazonaws.com/123456789012/scans, eu-west-1",
    "https://SQS.EU-West-1.amazonaws.com/123456789012/scans, eu-west-1",
    "https://sqs.us-gov-west-1.amazonaws.com/123456789012/scans, us-gov-west-1",
    "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/scans, cn-north-1",
    "https://sqs-fips.us-east-2.amazonaws.com/123456789012/scans, us-east-2",
    "https://sqs.ap-southeast-2.api.aws/123456789012/scans, ap-southeast-2",
    "https://eu-central-1.queue.amazonaws.com/123456789012/scans, eu-central-1",
    "https://queue.amazonaws.com/123456789012/scans, us-east-1",
    "https://vpce-0a1b-2c.sqs.us-west-2.vpce.amazonaws.com/123456789012/scans, us-west-2",
    "https://sqs.eusc-de-east-1.amazonaws.eu/123456789012/scans, eusc-de-east-1",
    "http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/scans, us-east-1",
  })
  void queueUrlOfAwsHasItsRegion(String url, String region) {
    assertThat(Regions.ofQueueUrl(url)).contains(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9324/000000000000/scans",
        "http://127.0.0.1:9324/000000000000/scans",
        "http://my-queue-1.example.com/000000000000/scans",
        "http://elasticmq:9324/queue/scans",
        "http://[::1]:9324/000000000000/scans",
        "scans",
        "",
        "http://bad host/scans",
      })
  void queueUrlOfAnotherServerHasNone(String url) {
    assertThat(Regions.ofQueueUrl(url)).isEmpty();
  }

  @Test
  void arnHasItsRegion() {
    assertThat(Regions.ofArn("arn:aws:ecs:eu-west-1:123456789012:cluster/scans"))
        .contains("eu-west-1");
    assertThat(Regions.ofArn("arn:aws-cn:ecs:cn-north-1:123456789012:cluster/scans"))
        .contains("cn-north-1");
  }

  @Test
  void nameHasNone() {
    assertThat(Regions.ofArn("scans")).isEmpty();
    assertThat(Regions.ofArn("arn:aws:iam::123456789012:role/scans")).isEmpty();
  }
}
