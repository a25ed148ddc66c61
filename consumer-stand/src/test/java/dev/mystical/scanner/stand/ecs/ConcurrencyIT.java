package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class ConcurrencyIT {

  @Test
  void aTokenUsedByManyAtOnceLaunchesOneTask() throws InterruptedException, ExecutionException {
    try (Stand stand = Stand.atHand();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> arns = ConcurrentHashMap.newKeySet();
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        RunTaskRequest request = Stand.request().clientToken("token-" + i % 20).build();
        calls.add(
            callers.submit(
                () -> arns.add(stand.client.runTask(request).tasks().getFirst().taskArn())));
      }
      for (Future<?> call : calls) {
        call.get();
      }
      assertThat(arns).hasSize(20);
      assertThat(stand.ecs.launched()).isEqualTo(20);
      assertThat(stand.ecs.calls().count("RunTask")).isEqualTo(400);
    }
  }
}
