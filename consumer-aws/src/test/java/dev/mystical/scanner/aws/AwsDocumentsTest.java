package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mystical.scanner.domain.launch.TaskRequests;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The documents under config/aws say what the code does. */
class AwsDocumentsTest {
  private static final Path DOCUMENTS = Path.of("..", "config", "aws");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern CALL = Pattern.compile("(?:\\.|::)\\s*([a-z]\\w+)");

  /** RunTask needs them, for its tags and its task's roles. */
  private static final Set<String> BESIDES = Set.of("ecs:TagResource", "iam:PassRole");

  @Test
  void theServersPolicyAllowsWhatTheAdaptersCallAndNothingElse() throws IOException {
    Set<String> needed = new TreeSet<>(BESIDES);
    needed.addAll(called("ecs", EcsClient.class));
    needed.addAll(called("sqs", SqsClient.class));

    assertThat(actions(document("server-policy.json"))).isEqualTo(needed);
  }

  @Test
  void everyRightIsExplained() throws IOException {
    String explanation = Files.readString(DOCUMENTS.resolve("README.md"));

    assertThat(actions(document("server-policy.json")))
        .allSatisfy(action -> assertThat(explanation).contains("| `", "`" + action + "`"));
  }

  @Test
  void noRightIsForEverythingUnlessIamHasNoOther() throws IOException {
    for (JsonNode statement : document("server-policy.json").path("Statement")) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      if (statement.path("Resource").asText().equals("*")) {
        assertThat(statement.path("Action").asText())
            .isIn("ecs:ListTasks", "ecs:DescribeTaskDefinition");
      }
    }
  }

  @Test
  void theRuleLetsThroughNewsOfOurTasks() throws IOException {
    JsonNode pattern = document("task-events-pattern.json");

    assertThat(pattern.path("source").path(0).asText()).isEqualTo("aws.ecs");
    assertThat(pattern.path("detail-type").path(0).asText()).isEqualTo("ECS Task State Change");
    assertThat(pattern.path("detail").path("startedBy").path(0).path("prefix").asText())
        .isEqualTo(TaskRequests.STARTED_BY);
  }

  @Test
  void theQueueForNewsTakesItFromTheRuleAlone() throws IOException {
    JsonNode policy = document("task-events-queue-policy.json");

    assertThat(policy.path("Statement")).hasSize(1);
    JsonNode statement = policy.path("Statement").path(0);
    assertThat(actions(policy)).containsExactly("sqs:SendMessage");
    assertThat(statement.path("Principal").path("Service").asText())
        .isEqualTo("events.amazonaws.com");
    assertThat(statement.path("Condition").path("ArnEquals").path("aws:SourceArn").asText())
        .endsWith(":rule/scanner-task-events");
  }

  private static JsonNode document(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(DOCUMENTS.resolve(name)));
  }

  private static Set<String> actions(JsonNode policy) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : policy.path("Statement")) {
      JsonNode action = statement.path("Action");
      if (action.isTextual()) {
        actions.add(action.asText());
      }
      action.forEach(it -> actions.add(it.asText()));
    }
    return actions;
  }

  /** The operations of a client that the sources name, as IAM calls them. */
  private static Set<String> called(String service, Class<?> client) throws IOException {
    Set<String> operations =
        Arrays.stream(client.getMethods())
            .filter(AwsDocumentsTest::isOperation)
            .map(Method::getName)
            .collect(Collectors.toSet());
    return calls().stream()
        .filter(operations::contains)
        .map(name -> service + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
        // The calls for batches have the rights of the single ones.
        .map(action -> action.replaceFirst("Batch$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOperation(Method method) {
    return method.getParameterCount() == 1
        && method.getParameterTypes()[0].getSimpleName().endsWith("Request");
  }

  private static Collection<String> calls() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(it -> it.toString().endsWith(".java")).toList();
      Set<String> calls = new TreeSet<>();
      for (Path source : sources) {
        CALL.matcher(Files.readString(source))
            .results()
            .map((MatchResult found) -> found.group(1))
            .forEach(calls::add);
      }
      return calls;
    }
  }
}
