package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.stand.SqsFault;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqsCheckIT {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static SqsServer server;

  private SqsProxy proxy;
  private AwsClients clients;

  @BeforeAll
  static void startServer() {
    server = SqsServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    proxy = SqsProxy.before(server.endpoint());
    clients = TestClients.of(proxy.endpoint());
  }

  @AfterEach
  void close() {
    clients.close();
    proxy.close();
  }

  @Test
  void queueWithoutDeadLettersIsAWarning() throws InterruptedException {
    List<Finding> findings = check(queue(LEASE));

    assertThat(findings)
        .hasSize(3)
        .contains(new Finding.Ok("queue", "exists and hides messages for 60 s"))
        .contains(new Finding.Ok("queue permissions", "allow to renew and delete messages"));
    assertThat(warnings(findings)).singleElement().asString().contains("redrive policy");
  }

  @Test
  void goodQueueWithDeadLettersHasOnlyTheRetentionAgainstIt() throws InterruptedException {
    List<Finding> findings = check(queue(LEASE, 5));

    assertThat(findings).hasSize(4).doesNotHaveAnyElementsOfTypes(Finding.Failure.class);
    assertThat(findings).contains(new Finding.Ok("redrive policy", "gives up after 5 receives"));
    // The stand makes both queues keep messages for the same time.
    assertThat(warnings(findings)).singleElement().asString().contains("no longer than the queue");
  }

  @Test
  void fewReceivesAreAWarning() throws InterruptedException {
    assertThat(warnings(check(queue(LEASE, 2))))
        .anySatisfy(it -> assertThat(it.sentence()).contains("after 2 receives"));
  }

  @Test
  void shortLeaseIsAWarning() throws InterruptedException {
    assertThat(warnings(check(queue(Duration.ofSeconds(5)))))
        .anySatisfy(it -> assertThat(it.sentence()).contains("for 5 s only"));
  }

  @Test
  void noLeaseAtAllFails() throws InterruptedException {
    fails(check(queue(Duration.ZERO)), "queue");
  }

  @Test
  void missingQueueFails() throws InterruptedException {
    fails(check(queue(LEASE) + "-none"), "queue");
  }

  @Test
  void missingPermissionToDeleteFails() throws InterruptedException {
    String url = queue(LEASE);
    proxy.next("DeleteMessageBatch", 1, new SqsFault.Refuse("AccessDenied", 403));

    fails(check(url), "queue permissions");
  }

  @Test
  void deadLetterQueueThatIsGivenAndGoneFails() throws InterruptedException {
    String url = queue(LEASE);

    fails(clients.queueCheck().run(url, Optional.of(url + "-none")), "dead-letter queue");
  }

  @Test
  void nothingIsReceivedOrSent() throws InterruptedException {
    check(queue(LEASE, 5));

    assertThat(proxy.calls())
        .doesNotContainKeys("ReceiveMessage", "SendMessage")
        .containsAllEntriesOf(Map.of("DeleteMessageBatch", 1, "ChangeMessageVisibilityBatch", 1));
  }

  private List<Finding> check(String url) throws InterruptedException {
    return clients.queueCheck().run(url, Optional.empty());
  }

  private static List<Finding> warnings(List<Finding> findings) {
    return findings.stream().filter(Finding.Warning.class::isInstance).toList();
  }

  private static void fails(List<Finding> findings, String name) {
    assertThat(findings)
        .filteredOn(Finding.Failure.class::isInstance)
        .singleElement()
        .satisfies(it -> assertThat(it.name()).isEqualTo(name));
  }

  private String queue(Duration visibility) throws InterruptedException {
    return proxy.queueUrl(server.createQueue("scans-" + UUID.randomUUID(), visibility));
  }

  private String queue(Duration visibility, int receives) throws InterruptedException {
    String dead = server.createQueue("dead-" + UUID.randomUUID(), visibility);
    return proxy.queueUrl(
        server.createQueueWithDeadLetters(
            "scans-" + UUID.randomUUID(), visibility, receives, dead));
  }
}
