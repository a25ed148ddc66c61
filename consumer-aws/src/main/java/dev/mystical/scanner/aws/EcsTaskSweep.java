package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.ListedTask;
import dev.mystical.scanner.domain.supervise.TaskPage;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/**
 * Goes through a cluster's tasks with one ListTasks and one DescribeTasks a page, since a list has
 * nothing but names. Immutable, for any thread.
 */
final class EcsTaskSweep implements TaskSweep {
  private final EcsClient ecs;

  EcsTaskSweep(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public TaskPage page(String cluster, Listing listing, Optional<String> token)
      throws InterruptedException {
    ListTasksResponse listed =
        EcsCall.of(
            "ListTasks",
            () ->
                ecs.listTasks(it ->
                    it.cluster(cluster)
                        .desiredStatus(listing.name())
                        .maxResults(EcsTasks.BATCH)
                        .nextToken(token.orElse(null))));
    List<TaskArn> names =
        listed.taskArns().stream()
            .filter(arn -> !arn.isBlank())
            .distinct()
            .map(TaskArn::new)
            .toList();
    if (!listed.hasTaskArns() || names.size() > EcsTasks.BATCH) {
      throw unclear("lists %d tasks on one page".formatted(names.size()));
    }
    List<Task> described = EcsTasks.describe(ecs, cluster, names, TaskField.TAGS);
    if (listing == Listing.RUNNING && described.size() < names.size()) {
      // Whose they are is not known, and what is taken for absent would be launched again. One that
      // had stopped is forgotten at some moment, and then no loss.
      throw unclear(
          "describes %d of %d tasks that it lists".formatted(described.size(), names.size()));
    }
    return new TaskPage(
        described.stream().filter(EcsTaskSweep::ours).map(EcsTaskSweep::listed).toList(),
        Optional.ofNullable(listed.nextToken()).filter(next -> !next.isEmpty()));
  }

  private static TasksUnavailable unclear(String said) {
    return new TasksUnavailable("ECS " + said, new IllegalStateException("no clear answer"));
  }

  private static boolean ours(Task task) {
    return task.startedBy() != null && task.startedBy().startsWith(TaskRequests.STARTED_BY);
  }

  private static ListedTask listed(Task task) {
    Optional<ContainerOverride> override = EcsTasks.override(task);
    return new ListedTask(
        new TaskArn(task.taskArn()),
        EcsTasks.status(task.lastStatus()),
        EcsTasks.status(task.desiredStatus()),
        task.startedBy(),
        EcsTasks.tags(task),
        EcsTasks.words(task.taskDefinitionArn()).orElse(""),
        override.map(ContainerOverride::name),
        override.map(EcsTaskSweep::environment).orElse(Map.of()),
        placement(task),
        Optional.ofNullable(task.createdAt()),
        Optional.ofNullable(task.startedAt()));
  }

  private static Map<String, String> environment(ContainerOverride override) {
    return override.environment().stream()
        .filter(variable -> variable.name() != null && variable.value() != null)
        .collect(
            Collectors.toMap(KeyValuePair::name, KeyValuePair::value, (first, second) -> first));
  }

  private static Placement placement(Task task) {
    if (task.capacityProviderName() != null && !task.capacityProviderName().isBlank()) {
      return new Placement.CapacityProvider(task.capacityProviderName());
    }
    return EcsTasks.words(task.launchTypeAsString())
        .<Placement>map(Placement.LaunchType::new)
        .orElseGet(Placement.ClusterDefault::new);
  }
}
