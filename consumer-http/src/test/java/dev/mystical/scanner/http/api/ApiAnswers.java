package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of some calls, over a real listener. Whatever is answered has to be described, and whatever
 * is described has to be answered by one of the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiAnswers {
  static final String ACME = ApiStand.ACME_KEY;
  static final String OTHER = ApiStand.OTHER_KEY;
  static final String OPERATOR = ApiStand.OPERATOR_KEY;
  private static final int CALLS_AT_ONCE = 100;

  private final Set<String> operations;
  private final Set<String> seen = ApiClient.nothingSeen();

  @TempDir Path scratch;
  ApiStand stand;
  ApiClient client;

  /** With the ids of the calls that are tested. */
  ApiAnswers(String... operations) {
    this.operations = Set.of(operations);
  }

  Set<String> operations() {
    return operations;
  }

  @BeforeEach
  void start() {
    stand = ApiStand.withKeys(scratch);
    client = new ApiClient(stand.address(), seen);
  }

  @AfterEach
  void stop() {
    client.close();
    stand.close();
  }

  @AfterAll
  void allThatIsDescribedWasAnswered() {
    assertThat(seen).containsAll(OpenApi.THE_ONE.pairs(operations));
  }

  @Test
  void withoutAGoodKeyNothingIsTold() throws IOException, InterruptedException {
    for (OpenApi.Operation each : with("401")) {
      String path = path(each);
      Reply none = client.call(each.method(), "", path, "");
      Reply wrong = client.call(each.method(), "not-a-key", path, "");

      assertThat(none.status()).as(each.id()).isEqualTo(401);
      assertThat(wrong.status()).as(each.id()).isEqualTo(401);
      assertThat(wrong.bytes()).isEqualTo(none.bytes());
    }
  }

  @Test
  void whoeverCallsTooOftenIsToldToWait() throws IOException, InterruptedException {
    if (with("429").isEmpty()) {
      return;
    }
    for (int i = 0; i < CALLS_AT_ONCE; i++) {
      assertThat(client.get(ACME, "/v1/providers").status()).isEqualTo(200);
    }
    for (OpenApi.Operation each : with("429")) {
      Reply reply = client.call(each.method(), ACME, path(each), "");
      assertThat(reply.status()).as(each.id()).isEqualTo(429);
      assertThat(reply.header("Retry-After")).contains("1");
    }
    assertThat(client.get(ApiStand.ACME_SECOND_KEY, "/v1/providers").status())
        .as("another key of the same tenant")
        .isEqualTo(200);
  }

  @Test
  void whatACallDoesNotKnowIsRefused() throws IOException, InterruptedException {
    for (OpenApi.Operation each : with("429")) {
      Reply reply = client.call(each.method(), ACME, path(each) + "?colour=red", "");
      assertThat(reply.status()).as(each.id()).isEqualTo(400);
      assertThat(reply.text()).contains("colour");
    }
  }

  private List<OpenApi.Operation> with(String status) {
    return OpenApi.THE_ONE.operations().stream()
        .filter(it -> operations.contains(it.id()))
        .filter(it -> it.node().path("responses").has(status))
        .toList();
  }

  private static String path(OpenApi.Operation operation) {
    return operation.template().replace("{id}", "none").replace("{runId}", "none.sonar");
  }
}
