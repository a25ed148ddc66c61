package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task and all that is known of it. Guarded by the stand's lock. */
final class StandTask {

  /** The points in time that a task shows, by their name on the wire. */
  enum Stamp {
    createdAt,
    connectivityAt,
    pullStartedAt,
    pullStoppedAt,
    startedAt,
    stoppingAt,
    executionStoppedAt,
    stoppedAt
  }

  private final String id;
  private final String arn;
  private final String clusterArn;
  private final long number;
  private final TaskDefinition definition;
  private final ObjectNode request;
  private final Placement placement;
  private final Need need;
  private final List<JsonNode> tags;
  private final Map<Stamp, Instant> stamps = new EnumMap<>(Stamp.class);
  private List<StandContainer> containers;
  private TaskStatus status;
  private boolean doomed;
  private boolean descending;
  private long version = 1;
  private int plan;
  private String stopCode = "";
  private String stoppedReason = "";
  private int stopsIgnored;

  StandTask(
      TaskName name,
      TaskDefinition definition,
      ObjectNode request,
      Placement placement,
      List<JsonNode> tags,
      List<StandContainer> containers) {
    this.id = name.id();
    this.arn = name.arn();
    this.clusterArn = name.clusterArn();
    this.number = name.number();
    this.definition = definition;
    this.request = request;
    this.placement = placement;
    this.tags = List.copyOf(tags);
    this.containers = List.copyOf(containers);
    this.need = Need.of(request.path("overrides"), definition);
    // "Amazon ECS task lifecycle": PROVISIONING is for what must be made before the launch, "for
    // example, for tasks that use the awsvpc network mode, the elastic network interface".
    this.status = definition.awsvpc() ? TaskStatus.PROVISIONING : TaskStatus.PENDING;
  }

  /** What a task is called by. */
  record TaskName(String id, String arn, String clusterArn, long number) {}

  String id() {
    return id;
  }

  String arn() {
    return arn;
  }

  String clusterArn() {
    return clusterArn;
  }

  /** Grows with every task of the account. */
  long number() {
    return number;
  }

  TaskDefinition definition() {
    return definition;
  }

  JsonNode overrides() {
    return request.path("overrides");
  }

  JsonNode network() {
    return request.path("networkConfiguration").path("awsvpcConfiguration");
  }

  String startedBy() {
    return Json.text(request, "startedBy");
  }

  String clientToken() {
    return Json.text(request, "clientToken");
  }

  String group() {
    String group = Json.text(request, "group");
    return group.isEmpty() ? "family:" + definition.family() : group;
  }

  String platformVersion() {
    String wanted = Json.text(request, "platformVersion");
    return wanted.isEmpty() || wanted.equals("LATEST") ? "1.4.0" : wanted;
  }

  String cpu() {
    String overridden = Json.text(overrides(), "cpu");
    return overridden.isEmpty() ? definition.cpu() : overridden;
  }

  String memory() {
    String overridden = Json.text(overrides(), "memory");
    return overridden.isEmpty() ? definition.memory() : overridden;
  }

  Need need() {
    return need;
  }

  Placement placement() {
    return placement;
  }

  List<JsonNode> tags() {
    return tags;
  }

  List<StandContainer> containers() {
    return containers;
  }

  /** What is written for the containers that have no process. */
  List<Fate> fates() {
    return containers.stream()
        .map(StandContainer::work)
        .filter(ContainerWork.Scripted.class::isInstance)
        .map(work -> ((ContainerWork.Scripted) work).fate())
        .toList();
  }

  /** Failed while PROVISIONING: the containers never come to be. */
  void losesContainers() {
    containers = List.of();
  }

  TaskStatus status() {
    return status;
  }

  void enters(TaskStatus next) {
    status = next;
    version++;
  }

  /** Whether desiredStatus is STOPPED. */
  boolean doomed() {
    return doomed;
  }

  void doom(String code, String reason) {
    doomed = true;
    stopCode = code;
    stoppedReason = reason;
    version++;
    plan++;
  }

  /**
   * Whether the way down has begun; a task that ignores StopTask is doomed and does not descend.
   */
  boolean descending() {
    return descending;
  }

  void descends() {
    descending = true;
  }

  long version() {
    return version;
  }

  void changes() {
    version++;
  }

  /** What was due before the plan changed is not done. */
  int plan() {
    return plan;
  }

  String stopCode() {
    return stopCode;
  }

  String stoppedReason() {
    return stoppedReason;
  }

  void ignoresStops(int stops) {
    stopsIgnored = stops;
  }

  boolean ignoresThisStop() {
    if (stopsIgnored == 0) {
      return false;
    }
    stopsIgnored--;
    return true;
  }

  void stamp(Stamp stamp, Instant now) {
    stamps.putIfAbsent(stamp, now);
  }

  Optional<Instant> stamped(Stamp stamp) {
    return Optional.ofNullable(stamps.get(stamp));
  }

  Instant createdAt() {
    return stamped(Stamp.createdAt).orElse(Instant.EPOCH);
  }

  boolean allContainersEnded() {
    return containers.stream().allMatch(StandContainer::ended);
  }
}
