package dev.mystical.scanner.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
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

  @Test
  void theOnePolicyForAllRolesAllowsWhatTheCodeCalls() {
    assertThat(
            RolePolicies.actions(
                ProjectFiles.document("config/aws/server-policy.json").get("Statement")))
        .isEqualTo(called());
  }

  @Test
  void thePoliciesOfTheRolesTogetherAllowWhatTheCodeCalls() {
    assertThat(
            RolePolicies.allowed(
                "ApiPolicy", "TasksPolicy", "ConsumerPolicy", "SupervisorPolicy", "OperatorPolicy"))
        .isEqualTo(called());
  }

  @Test
  void theApiCanSendAndAskWhetherItCan() {
    assertThat(RolePolicies.allowed("ApiPolicy"))
        .containsExactly("sqs:GetQueueAttributes", "sqs:SendMessage");
  }

  @Test
  void nobodyButPeopleCanDeleteADeadLetter() {
    for (String policy : Set.of("ConsumerPolicy", "SupervisorPolicy")) {
      for (JsonNode statement : RolePolicies.statements(policy)) {
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
        RolePolicies.resources(),
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
    for (JsonNode statement : RolePolicies.statements("TasksPolicy")) {
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

  /** The code's calls as rights. */
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
              called.add(RolePolicies.right("sqs", name));
            }
            if (ecs.contains(name)) {
              called.add(RolePolicies.right("ecs", name));
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
}
