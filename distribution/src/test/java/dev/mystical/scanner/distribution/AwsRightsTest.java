package dev.mystical.scanner.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The policies allow what the code calls, and nothing else. */
class AwsRightsTest {
  /** Any call; those that the SDK's clients have are looked for among them. */
  private static final Pattern CALL = Pattern.compile("\\.([a-z]\\w+)\\(");

  /** Rights without a call of their own: RunTask needs them for its tags and roles. */
  private static final Set<String> WITH_RUN_TASK = Set.of("ecs:TagResource", "iam:PassRole");

  private static final JsonNode FOUNDATION =
      ProjectFiles.document("config/cloudformation/foundation.yaml").get("Resources");

  @Test
  void theOnePolicyForAllRolesAllowsWhatTheCodeCalls() {
    assertThat(actions(ProjectFiles.document("config/aws/server-policy.json").get("Statement")))
        .isEqualTo(called());
  }

  @Test
  void thePoliciesOfTheRolesTogetherAllowWhatTheCodeCalls() {
    Set<String> together = new TreeSet<>();
    Stream.of("ApiPolicy", "TasksPolicy", "ConsumerPolicy", "SupervisorPolicy", "OperatorPolicy")
        .forEach(policy -> together.addAll(actions(statements(policy))));

    assertThat(together).isEqualTo(called());
  }

  @Test
  void theApiCanSendAndNothingElse() {
    assertThat(actions(statements("ApiPolicy"))).containsExactly("sqs:SendMessage");
  }

  @Test
  void nobodyButPeopleCanDeleteADeadLetter() {
    for (String policy : Set.of("ConsumerPolicy", "SupervisorPolicy")) {
      for (JsonNode statement : statements(policy)) {
        if (ProjectFiles.texts(statement.get("Resource")).contains("DeadLetterQueue.Arn")) {
          assertThat(ProjectFiles.texts(statement.get("Action")))
              .as(policy)
              .doesNotContain("sqs:DeleteMessage");
        }
      }
    }
  }

  @Test
  void noRightReachesBeyondWhatIamMakesItReach() {
    Set<String> onlyEverywhere = Set.of("ecs:ListTasks", "ecs:DescribeTaskDefinition");
    ProjectFiles.walk(
        FOUNDATION,
        node -> {
          if (node.has("Effect")) {
            Set<String> actions = new TreeSet<>(ProjectFiles.texts(node.get("Action")));
            assertThat(actions).as(node.toString()).noneMatch(action -> action.contains("*"));
            if (ProjectFiles.texts(node.get("Resource")).contains("*")) {
              assertThat(actions).as(node.toString()).isSubsetOf(onlyEverywhere);
            }
          }
        });
  }

  @Test
  void rolesAreHandedToTasksAlone() {
    for (JsonNode statement : statements("TasksPolicy")) {
      if (statement.get("Action").asText().equals("iam:PassRole")) {
        assertThat(statement.at("/Condition/StringEquals/iam:PassedToService").asText())
            .isEqualTo("ecs-tasks.amazonaws.com");
        assertThat(ProjectFiles.texts(statement.get("Resource")))
            .containsExactly("ScannerRoleArns");
        return;
      }
    }
    throw new AssertionError("no statement about roles");
  }

  private static JsonNode statements(String policy) {
    return FOUNDATION.at("/" + policy + "/Properties/PolicyDocument/Statement");
  }

  private static Set<String> actions(JsonNode statements) {
    Set<String> actions = new TreeSet<>();
    statements.forEach(statement -> actions.addAll(ProjectFiles.texts(statement.get("Action"))));
    return actions;
  }

  /** The code's calls as rights; IAM knows no batches. */
  private static Set<String> called() {
    Set<String> called = new TreeSet<>(WITH_RUN_TASK);
    Set<String> sqs = operations(SqsClient.class);
    Set<String> ecs = operations(EcsClient.class);
    for (String source : ProjectFiles.sources("consumer-aws")) {
      CALL.matcher(source)
          .results()
          .map(call -> call.group(1))
          .forEach(name -> {
            if (sqs.contains(name)) {
              called.add("sqs:" + right(name));
            }
            if (ecs.contains(name)) {
              called.add("ecs:" + right(name));
            }
          });
    }
    return called;
  }

  /** What a client of the SDK can be asked for. */
  private static Set<String> operations(Class<?> client) {
    return Stream.of(client.getMethods())
        .filter(method -> SdkResponse.class.isAssignableFrom(method.getReturnType()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static String right(String operation) {
    String name = operation.replaceFirst("Batch$", "");
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
