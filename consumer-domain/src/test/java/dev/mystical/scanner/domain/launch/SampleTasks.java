package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;

/** RunTask requests for tests. */
public final class SampleTasks {
  private SampleTasks() {}

  /** A request under a name and a token that nobody has used. */
  public static TaskRequest request(String cluster, String taskDefinition, String container) {
    String id = UUID.randomUUID().toString();
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("scan:id", id);
    tags.put("scan:run", id + ".sonar");
    TreeMap<String, String> environment = new TreeMap<>();
    environment.put("SCAN_ID", id);
    return new TaskRequest(
        cluster,
        taskDefinition,
        container,
        new Placement.ClusterDefault(),
        Network.NONE,
        environment,
        "scan/" + id + "/sonar",
        tags,
        Digest.of(id).value());
  }

  static TaskRequest withToken(TaskRequest request, String token) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        request.network(),
        request.environment(),
        request.startedBy(),
        request.tags(),
        token);
  }

  static TaskRequest withVariable(TaskRequest request, String name, String value) {
    TreeMap<String, String> environment = new TreeMap<>(request.environment());
    environment.put(name, value);
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        request.network(),
        environment,
        request.startedBy(),
        request.tags(),
        request.clientToken());
  }

  /** As if somebody else had started it. */
  public static TaskRequest withStartedBy(TaskRequest request, String startedBy) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        request.network(),
        request.environment(),
        startedBy,
        request.tags(),
        request.clientToken());
  }

  public static TaskRequest withPlacement(TaskRequest request, Placement placement) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        placement,
        request.network(),
        request.environment(),
        request.startedBy(),
        request.tags(),
        request.clientToken());
  }
}
