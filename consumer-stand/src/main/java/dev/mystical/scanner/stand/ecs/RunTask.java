package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * RunTask. The order of its checks is: the call's pace, the request by itself, the token, the
 * request against what is there, the launch pace, and then each task is placed or becomes a failure
 * in an answer of HTTP 200.
 *
 * <p>Called under the account's lock.
 */
final class RunTask {

  /** "Ensuring idempotency": of failures older than an hour a replay tells only how many. */
  private static final Duration FAILURES_TOLD = Duration.ofHours(1);

  private final Account account;
  private final TaskLife life;
  private final Faults faults;
  private final TaskFactory factory;

  RunTask(Account account, TaskLife life, Faults faults, TaskFactory factory) {
    this.account = account;
    this.life = life;
    this.faults = faults;
    this.factory = factory;
  }

  ObjectNode run(ObjectNode request, Map<String, String> facts) {
    account.take(CallGroup.CLUSTER_RESOURCE_MODIFY, 1);
    RunTaskRules.checkRequest(request);
    Cluster cluster = account.cluster(Json.text(request, "cluster"));
    String token = Json.text(request, "clientToken");
    String fingerprint = fingerprint(request);
    if (!token.isEmpty()) {
      Optional<TokenLedger.Entry> earlier =
          cluster.tokens().find(token, fingerprint, account.now());
      if (earlier.isPresent()) {
        return replay(earlier.get());
      }
    }
    TokenLedger.Entry result = launch(request, cluster, facts, fingerprint);
    if (!token.isEmpty()) {
      cluster.tokens().record(token, result);
    }
    ObjectNode answer = Json.object();
    ArrayNode tasks = answer.putArray("tasks");
    result.tasks().forEach(task -> tasks.add(TaskJson.answer(task, false)));
    answer.putArray("failures").addAll(result.failures());
    return answer;
  }

  /** All parameters but the token. */
  private static String fingerprint(ObjectNode request) {
    return Digest.of(Json.canonical(request.deepCopy().without("clientToken")));
  }

  /** "The result of the original request is returned", its tasks as they are by now. */
  private ObjectNode replay(TokenLedger.Entry earlier) {
    ObjectNode answer = Json.object();
    ArrayNode tasks = answer.putArray("tasks");
    for (StandTask task : earlier.tasks()) {
      boolean over = task.status() == TaskStatus.STOPPED;
      tasks.add(over ? TaskJson.remembered(task) : TaskJson.answer(task, false));
    }
    Instant told = earlier.at().plus(FAILURES_TOLD);
    ArrayNode failures = answer.putArray("failures");
    earlier
        .failures()
        .forEach(failure -> failures.add(account.now().isAfter(told) ? Json.object() : failure));
    return answer;
  }

  private TokenLedger.Entry launch(
      ObjectNode request, Cluster cluster, Map<String, String> facts, String fingerprint) {
    TaskDefinition definition = definition(Json.text(request, "taskDefinition"));
    RunTaskRules.checkAgainst(request, cluster, definition);
    List<Placement> places = Strategy.places(request, cluster, request.path("count").asInt(1));
    places.forEach(place -> RunTaskRules.checkPlacement(place, definition, cluster));
    checkProvisioning(cluster, places.size());
    takeLaunches(places);
    List<StandTask> shown = new ArrayList<>();
    List<JsonNode> failures = new ArrayList<>();
    for (Placement place : places) {
      Optional<Fault> fault = placingFault(facts, place);
      boolean ghost = fault.filter(f -> f.kind() == FaultKind.GHOST).isPresent();
      boolean empty = fault.filter(f -> f.kind() == FaultKind.EMPTY).isPresent();
      Optional<String> refused = refusal(fault, place, request, definition);
      refused.ifPresent(reason -> failures.add(Json.object().put("reason", reason)));
      if (!ghost && (empty || refused.isPresent())) {
        continue;
      }
      Optional<Placement> seat = seat(place, cluster, request, definition, failures);
      if (seat.isPresent()) {
        StandTask task = factory.create(request, cluster, definition, seat.get());
        life.begin(task);
        if (!ghost) {
          shown.add(task);
        }
      }
    }
    return new TokenLedger.Entry(fingerprint, account.now(), shown, failures);
  }

  private TaskDefinition definition(String reference) {
    Optional<TaskDefinition> found = account.findDefinition(reference);
    if (found.isEmpty()) {
      // Cloud-CV/EvalAI#2419, remind101/empire#353.
      throw EcsError.client("TaskDefinition not found.");
    }
    if (!found.get().active()) {
      throw EcsError.client("TaskDefinition is inactive");
    }
    return found.get();
  }

  /** "Amazon ECS endpoints and quotas": tasks in the PROVISIONING state per cluster. */
  private void checkProvisioning(Cluster cluster, int wanted) {
    int most = account.settings().limits().provisioning();
    if (most > 0 && cluster.count(TaskStatus.PROVISIONING) + wanted > most) {
      throw EcsError.client("Tasks provisioning capacity limit exceeded.");
    }
  }

  /** "AWS Fargate throttling quotas": calls, and launches by market. */
  private void takeLaunches(List<Placement> places) {
    int spot = (int) places.stream().filter(Placement::spot).count();
    int onDemand = (int) places.stream().filter(place -> place.fargate() && !place.spot()).count();
    if (places.stream().anyMatch(Placement::fargate)) {
      account.take(CallGroup.FARGATE_RUN_TASK, 1);
    }
    if (onDemand > 0) {
      account.take(CallGroup.FARGATE_LAUNCH, onDemand);
    }
    if (spot > 0) {
      account.take(CallGroup.FARGATE_SPOT_LAUNCH, spot);
    }
  }

  /**
   * The place itself on Fargate, else the first instance with room; without one a failure for each
   * instance ("API failure reasons": RESOURCE:CPU, RESOURCE:MEMORY).
   */
  private static Optional<Placement> seat(
      Placement place,
      Cluster cluster,
      ObjectNode request,
      TaskDefinition definition,
      List<JsonNode> failures) {
    if (place.fargate()) {
      return Optional.of(place);
    }
    Need need = Need.of(request.path("overrides"), definition);
    List<JsonNode> full = new ArrayList<>();
    for (ContainerInstance instance : cluster.instances()) {
      Need room = cluster.room(instance);
      if (room.cpu() >= need.cpu() && room.memory() >= need.memory()) {
        return Optional.of(place.on(instance));
      }
      String reason = room.cpu() < need.cpu() ? "RESOURCE:CPU" : "RESOURCE:MEMORY";
      full.add(Json.object().put("arn", instance.arn()).put("reason", reason));
    }
    failures.addAll(full);
    return Optional.empty();
  }

  private Optional<Fault> placingFault(Map<String, String> facts, Placement place) {
    Map<String, String> here = new HashMap<>(facts);
    here.put("capacityProvider", place.market());
    return faults.take("RunTask", Set.of(FaultKind.Phase.PLACING), here);
  }

  /** Why a task is not placed: reasons of "API failure reasons" and of Fargate's service events. */
  private Optional<String> refusal(
      Optional<Fault> fault, Placement place, ObjectNode request, TaskDefinition definition) {
    if (fault.isPresent()) {
      return refusal(fault.get());
    }
    Limits limits = account.settings().limits();
    double quota = place.spot() ? limits.vcpusSpot() : limits.vcpusOnDemand();
    String overridden = Json.text(request.path("overrides"), "cpu");
    double wanted = Account.vcpus(overridden.isEmpty() ? definition.cpu() : overridden);
    boolean over = place.fargate() && quota > 0 && account.vcpus(place.spot()) + wanted > quota;
    return over ? Optional.of(FaultKind.QUOTA.text()) : Optional.empty();
  }

  private static Optional<String> refusal(Fault fault) {
    return fault.kind() == FaultKind.EMPTY
        ? Optional.empty()
        : Optional.of(fault.messageOr(fault.kind().text()));
  }
}
