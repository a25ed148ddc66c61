package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final int CALLERS = 8;
  private static final int TOKENS = 500;

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/ecs/aws4_request, Signature=00";

  private final Account account = new Account(Stand.stepped());
  private final EventFeed events = new EventFeed(TaskEvents.nobody());
  private final TaskRunner runner = new TaskRunner(account);
  private final Faults faults = new Faults();
  private final CallJournal journal = new CallJournal();
  private final RunTask runTask =
      new RunTask(
          account,
          new TaskLife(account, events, runner),
          faults,
          new TaskFactory(account, new Fates(), runner));
  private final EcsProtocol protocol =
      new EcsProtocol(account, faults, journal, Map.of("RunTask", runTask::run));

  /** Every token is used by all callers at the same moment. */
  private List<String> callAll(CyclicBarrier together)
      throws InterruptedException, BrokenBarrierException {
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < TOKENS; i++) {
      ObjectNode request =
          Json.object()
              .put("cluster", Stand.CLUSTER)
              .put("taskDefinition", "bridge")
              .put("clientToken", "token-" + i);
      together.await();
      if (protocol.answer(new Call("RunTask", Json.write(request), SIGNED, "", ""))
          instanceof Reply.Send send) {
        arns.add(Json.text(Json.read(send.body()).path("tasks").path(0), "taskArn"));
      }
    }
    return arns;
  }

  @Test
  void aTokenUsedByManyAtOnceLaunchesOneTask() throws InterruptedException, ExecutionException {
    Cluster cluster = account.createCluster(Stand.CLUSTER, List.of(), List.of());
    cluster.join(new ContainerInstance("arn:instance", 0, 0));
    account.register(
        Json.read("{\"family\":\"bridge\",\"containerDefinitions\":[{\"name\":\"a\"}]}"));
    CyclicBarrier together = new CyclicBarrier(CALLERS);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (runner;
        events;
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        all.add(callers.submit(() -> callAll(together)));
      }
      for (Future<List<String>> answers : all) {
        assertThat(answers.get()).hasSize(TOKENS).doesNotContain("");
        seen.addAll(answers.get());
      }
    }
    assertThat(seen).hasSize(TOKENS);
    assertThat(account.journal().count()).isEqualTo(TOKENS);
    assertThat(journal.calls().count("RunTask")).isEqualTo(CALLERS * TOKENS);
  }
}
