package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mystical.scanner.aws.AwsConnection.Endpoints;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsClientsIT {
  /** Leaves the default chain nothing to find, and nobody to ask. */
  private static final Map<String, String> NOBODY =
      Map.of(
          "aws.disableEc2Metadata", "true",
          "aws.sharedCredentialsFile", "/no/such/file",
          "aws.configFile", "/no/such/file");

  private static final String[] ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
  };

  @Test
  void closedClientsAnswerThatNobodyAnswers() throws InterruptedException {
    try (EcsStand stand = new EcsStand()) {
      TaskLauncher launcher;
      try (AwsClients clients = TestClients.of(stand.ecs.endpoint())) {
        launcher = clients.launcher();
        assertThat(launcher.launch(EcsStand.request())).isInstanceOf(LaunchOutcome.Started.class);
      }

      assertThat(launcher.launch(EcsStand.request())).isInstanceOf(LaunchOutcome.NoAnswer.class);
    }
  }

  @Test
  void allClientsShareTwoTimerThreads() throws InterruptedException {
    try (EcsStand stand = new EcsStand();
        AwsClients clients = TestClients.of(stand.ecs.endpoint())) {
      for (int i = 0; i < 8; i++) {
        clients.launcher().launch(EcsStand.request());
        clients.tasks().startedBy(EcsStand.CLUSTER, "scan/1/sonar");
      }

      assertThat(named("aws-deadline-")).hasSize(2);
      assertThat(named("sdk-ScheduledExecutor")).isEmpty();
    }
  }

  @Test
  void missingCredentialsAreForAPersonToMend() throws InterruptedException {
    assumeThat(System.getenv()).doesNotContainKeys(ENVIRONMENT);
    NOBODY.forEach(System::setProperty);
    try (EcsStand stand = new EcsStand();
        AwsClients clients = AwsClients.open(chain(stand.ecs.endpoint()))) {
      assertThat(clients.launcher().launch(EcsStand.request()))
          .isInstanceOf(LaunchOutcome.Misconfigured.class);
      assertThatThrownBy(() -> clients.queue("http://127.0.0.1:1/0/scans").receive(1))
          .isInstanceOfSatisfying(
              QueueUnavailable.class,
              e -> assertThat(e.kind()).isEqualTo(QueueUnavailable.Kind.CONFIGURATION));
      assertThat(stand.ecs.calls().count("RunTask")).isZero();
    } finally {
      NOBODY.keySet().forEach(System::clearProperty);
    }
  }

  private static AwsConnection chain(URI endpoint) {
    return new AwsConnection(
        "eu-west-1",
        new Endpoints(Optional.of(endpoint), Optional.empty(), Optional.empty()),
        new AwsAccess.DefaultChain(),
        2);
  }

  private static List<String> named(String start) {
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    return threads.stream().map(Thread::getName).filter(name -> name.startsWith(start)).toList();
  }
}
