package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the stand remembers has an end. */
class JournalsTest {

  @Test
  void requestsAreBoundedByNumber() {
    CallJournal journal = new CallJournal();
    for (int i = 0; i < 10_005; i++) {
      journal.requested(new RunTaskCall("{}", "t" + i, "", "", "", ""));
    }
    assertThat(journal.calls().runTasks()).hasSize(10_000);
    assertThat(journal.calls().runTasks().getFirst().clientToken()).isEqualTo("t5");
  }

  @Test
  void requestsAreBoundedBySize() {
    CallJournal journal = new CallJournal();
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      journal.requested(new RunTaskCall(large, "t" + i, "", "", "", ""));
    }
    assertThat(journal.calls().runTasks()).hasSize(32);
  }

  @Test
  void tasksAreBoundedAndStillCounted() {
    TaskJournal journal = new TaskJournal(2);
    for (int i = 0; i < 5; i++) {
      journal.launched(
          new StandTask(
              new StandTask.TaskName("id" + i, "arn" + i, "cluster", i),
              new TaskDefinition("sonar", 1, "arn", Json.object()),
              Json.object(),
              new Placement("FARGATE", ""),
              List.of(),
              List.of()));
    }
    assertThat(journal.count()).isEqualTo(5);
    assertThat(journal.tasks()).extracting(LaunchedTask::taskArn).containsExactly("arn3", "arn4");
  }

  @Test
  void faultsAreBounded() {
    Faults faults = new Faults();
    for (int i = 0; i < 1_000; i++) {
      faults.add(Fault.on("*", FaultKind.DROP));
    }
    assertThatIllegalStateException().isThrownBy(() -> faults.add(Fault.on("*", FaultKind.DROP)));
  }

  @Test
  void theSameContentHasTheSameCanonicalText() {
    String one = Json.canonical(Json.read("{\"b\":[{\"y\":1,\"x\":2}],\"a\":null,\"c\":\"\"}"));
    String other = Json.canonical(Json.read("{\"c\":\"\",\"b\":[{\"x\":2,\"y\":1}]}"));
    assertThat(one).isEqualTo(other);
    assertThat(Json.canonical(Json.read("{\"a\":[1,2]}")))
        .isNotEqualTo(Json.canonical(Json.read("{\"a\":[2,1]}")));
  }
}
