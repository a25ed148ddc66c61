package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsClientsIT {
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

  private static List<String> named(String start) {
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    return threads.stream().map(Thread::getName).filter(name -> name.startsWith(start)).toList();
  }
}
