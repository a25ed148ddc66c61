package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An ECS on loopback for the AWS SDK, as it is, to talk to. It keeps AWS's documented rules:
 * tokens, throttling, validation, eventual visibility, the states of a task. Containers are real
 * processes or scripted fates, and every call can be spoiled on request, in code or over HTTP at
 * {@code /_stand}.
 *
 * <p>Safe for all threads.
 */
public final class LocalEcs implements AutoCloseable {

  private static final List<String> FARGATE = List.of("FARGATE", Placement.SPOT);

  private final LocalEcsSettings settings;
  private final Account account;
  private final Faults faults = new Faults();
  private final Fates fates = new Fates();
  private final CallJournal calls = new CallJournal();
  private final EventFeed events;
  private final TaskRunner runner;
  private final TaskLife life;
  private final DefinitionCalls definitions;
  private final ClusterCalls clusters;
  private final HttpFront front;

  private LocalEcs(LocalEcsSettings settings) {
    this.settings = settings;
    this.account = new Account(settings);
    this.events = new EventFeed(settings.events());
    this.runner = new TaskRunner(account);
    this.life = new TaskLife(account, events, runner);
    this.definitions = new DefinitionCalls(account);
    this.clusters = new ClusterCalls(account);
    EcsProtocol protocol = new EcsProtocol(account, faults, calls, operations());
    try {
      this.front = new HttpFront(protocol::answer, new StandAddress(this));
    } catch (RuntimeException e) {
      runner.close();
      events.close();
      throw e;
    }
  }

  /** Starts on a free port. */
  public static LocalEcs start(LocalEcsSettings settings) {
    return new LocalEcs(settings);
  }

  private Map<String, EcsProtocol.Operation> operations() {
    RunTask runTask = new RunTask(account, life, faults, new TaskFactory(account, fates, runner));
    TaskCalls tasks = new TaskCalls(account, life);
    return Map.of(
        "RunTask", runTask::run,
        "DescribeTasks", (request, facts) -> tasks.describe(request),
        "StopTask", (request, facts) -> tasks.stop(request),
        "ListTasks", (request, facts) -> tasks.list(request),
        "CreateCluster", (request, facts) -> clusters.create(request),
        "DescribeClusters", (request, facts) -> clusters.describe(request),
        "DescribeCapacityProviders", (request, facts) -> clusters.providers(request),
        "RegisterTaskDefinition", (request, facts) -> definitions.register(request),
        "DescribeTaskDefinition", (request, facts) -> definitions.describe(request),
        "DeregisterTaskDefinition", (request, facts) -> definitions.deregister(request));
  }

  /** Where the SDK is to call. */
  public URI endpoint() {
    return front.endpoint();
  }

  /**
   * Makes a cluster with both Fargate providers.
   *
   * @param defaultProviders its default strategy, each with weight 1; none: EC2, which is not there
   */
  public void createCluster(String name, String... defaultProviders) {
    List<JsonNode> strategy =
        Stream.of(defaultProviders)
            .<JsonNode>map(
                provider -> Json.object().put("capacityProvider", provider).put("weight", 1))
            .toList();
    account.locked(() -> account.createCluster(name, FARGATE, strategy));
  }

  /**
   * Gives a cluster machines for tasks of launch type EC2.
   *
   * @param cpu CPU units of each, 1,024 a core
   * @param memory MiB of each
   */
  public void addContainerInstances(String cluster, int count, int cpu, int memory) {
    account.locked(() -> {
      Cluster joined = account.cluster(cluster);
      for (int i = 0; i < count; i++) {
        String arn = account.arn("container-instance", joined.name() + "/" + Account.newId());
        joined.join(new ContainerInstance(arn, cpu, memory));
      }
      return count;
    });
  }

  /** Registers a Fargate task definition of 0.25 vCPU with one container; gives its ARN. */
  public String registerTaskDefinition(String family, String container, String image) {
    ObjectNode request =
        Json.object()
            .put("family", family)
            .put("networkMode", "awsvpc")
            .put("cpu", "256")
            .put("memory", "512");
    request.putArray("requiresCompatibilities").add("FARGATE");
    request
        .putArray("containerDefinitions")
        .addObject()
        .put("name", container)
        .put("image", image)
        .put("essential", true);
    return register(request);
  }

  /** Registers a task definition written as RegisterTaskDefinition takes it; gives its ARN. */
  public String registerTaskDefinition(String json) {
    return register(Json.read(json));
  }

  private String register(ObjectNode request) {
    ObjectNode answer = account.locked(() -> definitions.register(request));
    return Json.text(answer.path("taskDefinition"), "taskDefinitionArn");
  }

  /** Spoils calls to come. Faults are tried in the order they came. */
  public void fault(Fault fault) {
    faults.add(fault);
  }

  /** The faults that still wait, with the times that are left. */
  public List<Fault> faults() {
    return faults.waiting();
  }

  public void clearFaults() {
    faults.clear();
  }

  /** Writes the fate of tasks to come. */
  public void fate(FateRule rule) {
    fates.add(rule);
  }

  public void clearFates() {
    fates.clear();
  }

  /** Brings task events into disorder from now on. */
  public void disorder(EventDisorder disorder) {
    events.disorder(disorder);
  }

  /**
   * Spot takes a task back: notice and SIGTERM now, SIGKILL in two minutes.
   *
   * @throws IllegalArgumentException where there is no such task
   */
  public void interrupt(String taskArn) {
    boolean found =
        account.locked(() ->
            account.clusters().stream()
                    .flatMap(cluster -> cluster.task(id(taskArn)).stream())
                    .peek(task -> life.interrupt(task, "SpotInterruption"))
                    .count()
                > 0);
    if (!found) {
      throw new IllegalArgumentException("there is no task " + taskArn);
    }
  }

  /** Moves hand-stepped time on. */
  public void advance(Duration step) {
    settings.time().advance(step);
  }

  public Calls calls() {
    return calls.calls();
  }

  public void clearCalls() {
    calls.clear();
  }

  /** How many tasks there ever were. */
  public long launched() {
    return account.locked(() -> account.journal().count());
  }

  /** The tasks ever launched, oldest first; beyond 20,000 the oldest are left out. */
  public List<LaunchedTask> tasks() {
    return account.locked(() -> account.journal().tasks());
  }

  /** The work folder of a container that is a process; it is there until the task expires. */
  public Path folder(String taskArn, String container) {
    return runner.folder(id(taskArn), container);
  }

  /** What a container that is a process has written to its output and error output. */
  public Path logFile(String taskArn, String container) {
    return runner.logFile(id(taskArn), container);
  }

  private static String id(String taskArn) {
    return taskArn.substring(taskArn.lastIndexOf('/') + 1);
  }

  /** Stops answering, kills every process it has started, and closes its time. */
  @Override
  public void close() {
    front.close();
    settings.time().close();
    runner.close();
    events.close();
  }
}
