package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the part of a request that a task's variables tell. What they do not tell (policy, timeout,
 * callback, tags, providers without a task) is as if nobody had asked for it.
 */
final class Variables {
  private static final String OPTION = "SCAN_OPT_";

  private Variables() {}

  /** The request for this task's provider alone; empty where the variables tell of none. */
  static Optional<ScanRequest> request(ScanTask task) {
    return project(task)
        .flatMap(project ->
            target(task).map(target -> request(project, target, List.of(provider(task)))));
  }

  /** The same request, for another provider as well. */
  static ScanRequest with(ScanRequest request, RequestedProvider provider) {
    List<RequestedProvider> providers = new ArrayList<>(request.providers());
    providers.add(provider);
    return request(request.project(), request.target(), providers);
  }

  static RequestedProvider provider(ScanTask task) {
    SortedMap<String, String> options = new TreeMap<>();
    for (Map.Entry<String, String> variable : task.listed().environment().entrySet()) {
      if (variable.getKey().startsWith(OPTION)) {
        options.put(variable.getKey().substring(OPTION.length()), variable.getValue());
      }
    }
    return new RequestedProvider(task.provider(), options, true);
  }

  private static ScanRequest request(
      Project project, Target target, List<RequestedProvider> providers) {
    return new ScanRequest(
        project,
        target,
        providers,
        FailOn.HIGH,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>());
  }

  private static Optional<Project> project(ScanTask task) {
    return task.variable("SCAN_PROJECT_KEY")
        .filter(key -> Project.KEY.matcher(key).matches())
        .map(key -> new Project(key, task.variable("SCAN_PROJECT_NAME")));
  }

  private static Optional<Target> target(ScanTask task) {
    Optional<String> url = task.variable("SCAN_TARGET_URL");
    return switch (task.variable("SCAN_TARGET_TYPE").orElse("")) {
      case "git" ->
          url.map(it ->
              new Target.Git(
                  it,
                  task.variable("SCAN_TARGET_REF"),
                  task.variable("SCAN_TARGET_COMMIT"),
                  task.variable("SCAN_TARGET_SUBPATH")));
      case "archive" ->
          url.flatMap(
              it -> task.variable("SCAN_TARGET_SHA256").map(hash -> new Target.Archive(it, hash)));
      case "web" -> url.map(Target.Web::new);
      case "path" -> url.map(Target.Path::new);
      default -> Optional.empty();
    };
  }
}
