package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a run's RunTask request out of what the ledger has, and of nothing else. */
public final class TaskRequests {
  /** The name that a task was started under begins so if it was launched for a scan. */
  public static final String STARTED_BY = "scan/";

  /** A report may still be on its way when the deadline passes. */
  private static final Duration TOKEN_GRACE = Duration.ofMinutes(15);

  private final Optional<TokenKey> key;
  private final RequestEncoder encoder;

  public TaskRequests(Optional<TokenKey> key, RequestEncoder encoder) {
    this.key = key;
    this.encoder = encoder;
  }

  public TaskRequest of(Scan scan, ProviderId provider, Attempt attempt) {
    RunId run = scan.runId(provider);
    return new TaskRequest(
        attempt.spec().cluster(),
        attempt.spec().taskDefinition(),
        attempt.spec().container(),
        attempt.spec().placement(),
        attempt.spec().network(),
        environment(scan, run, attempt),
        startedBy(run),
        tags(scan, run, attempt),
        ClientToken.of(run, attempt));
  }

  /** With this an attempt's container proves what it is. It says until when it is good. */
  public static String token(TokenKey secret, RunId run, Attempt attempt) {
    long expiry = seconds(attempt.spec().deadline()).plus(TOKEN_GRACE).getEpochSecond();
    return secret.runToken(run.toString(), attempt.number(), expiry);
  }

  /** Under this ECS lists the tasks of a run. */
  public static String startedBy(RunId run) {
    return STARTED_BY + run.scan() + "/" + run.provider();
  }

  private SortedMap<String, String> environment(Scan scan, RunId run, Attempt attempt) {
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("SCAN_CONTRACT", "1");
    variables.put("SCAN_ID", run.scan().value());
    variables.put("SCAN_RUN_ID", run.toString());
    variables.put("SCAN_ATTEMPT", Integer.toString(attempt.number()));
    variables.put("SCAN_PROVIDER", run.provider().value());
    variables.put("SCAN_PROJECT_KEY", scan.request().project().key());
    scan.request().project().name().ifPresent(name -> variables.put("SCAN_PROJECT_NAME", name));
    target(scan.request().target(), variables);
    variables.put("SCAN_DEADLINE", seconds(attempt.spec().deadline()).toString());
    scan.requested(run.provider())
        .options()
        .forEach((name, value) -> variables.put("SCAN_OPT_" + name, value));
    variables.put("TRACEPARENT", Traceparent.of(scan, run, attempt.number()));
    key.ifPresent(secret -> proofs(secret, scan, run, attempt, variables));
    return variables;
  }

  private void proofs(
      TokenKey secret, Scan scan, RunId run, Attempt attempt, Map<String, String> variables) {
    attempt
        .spec()
        .apiUrl()
        .ifPresent(url -> {
          variables.put("SCAN_API_URL", url);
          variables.put("SCAN_TOKEN", token(secret, run, attempt));
        });
    variables.put(
        "SCAN_SEALED", secret.seal(run.toString(), attempt.number(), encoder.encode(scan)));
  }

  private static void target(Target target, Map<String, String> variables) {
    switch (target) {
      case Target.Git git -> {
        variables.put("SCAN_TARGET_TYPE", "git");
        variables.put("SCAN_TARGET_URL", git.url());
        git.ref().ifPresent(ref -> variables.put("SCAN_TARGET_REF", ref));
        git.commit().ifPresent(commit -> variables.put("SCAN_TARGET_COMMIT", commit));
        git.subpath().ifPresent(path -> variables.put("SCAN_TARGET_SUBPATH", path));
      }
      case Target.Archive archive -> {
        variables.put("SCAN_TARGET_TYPE", "archive");
        variables.put("SCAN_TARGET_URL", archive.url());
        variables.put("SCAN_TARGET_SHA256", archive.sha256());
      }
      case Target.Web web -> {
        variables.put("SCAN_TARGET_TYPE", "web");
        variables.put("SCAN_TARGET_URL", web.url());
      }
      case Target.Path path -> {
        variables.put("SCAN_TARGET_TYPE", "path");
        variables.put("SCAN_TARGET_URL", path.path());
      }
    }
  }

  private static SequencedMap<String, String> tags(Scan scan, RunId run, Attempt attempt) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("scan:id", run.scan().value());
    tags.put("scan:run", run.toString());
    tags.put("scan:provider", run.provider().value());
    tags.put("scan:tenant", scan.key().tenant().value());
    tags.put("scan:attempt", Integer.toString(attempt.number()));
    tags.put("scan:deadline", seconds(attempt.spec().deadline()).toString());
    return tags;
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
