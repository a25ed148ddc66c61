package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.Map;

/** A task as ECS shows it. */
public record KnownTask(TaskArn arn, String lastStatus, Map<String, String> tags) {
  public KnownTask {
    tags = Map.copyOf(tags);
  }

  /** Whether its tags say that it is this attempt of this run, and of this tenant. */
  public boolean belongsTo(Scan scan, ProviderId provider, int attempt) {
    return scan.runId(provider).toString().equals(tags.get("scan:run"))
        && scan.key().tenant().value().equals(tags.get("scan:tenant"))
        && Integer.toString(attempt).equals(tags.get("scan:attempt"));
  }
}
