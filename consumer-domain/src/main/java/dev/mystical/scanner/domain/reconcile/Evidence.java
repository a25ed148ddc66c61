package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/**
 * How far a task's word is to be taken. Whoever may run tasks in the cluster can give one any tags
 * and variables; only a seal proves that it came from us.
 */
sealed interface Evidence {
  /** It carries the whole request, sealed by us for this very attempt. */
  record Sealed(Scan origin) implements Evidence {}

  /** It proves nothing, and so belongs to the default tenant, as an unsigned message does. */
  record Word() implements Evidence {}

  /** Sealed by us in a format that this version does not read. */
  record Unreadable() implements Evidence {}

  /** It claims what it cannot prove. */
  record None() implements Evidence {}

  static Evidence of(ScanTask task, Optional<TokenKey> key, OriginReader reader) {
    Optional<byte[]> opened =
        key.flatMap(secret ->
            task.variable("SCAN_SEALED")
                .flatMap(seal -> secret.open(task.run().toString(), task.attempt(), seal)));
    if (opened.isEmpty()) {
      return task.scan().tenant().equals(Tenant.DEFAULT) ? new Word() : new None();
    }
    return opened
        .flatMap(reader::read)
        .map(origin -> tells(origin, task) ? new Sealed(origin) : new None())
        .orElseGet(Unreadable::new);
  }

  private static boolean tells(Scan origin, ScanTask task) {
    return origin.key().equals(task.scan())
        && origin.request().providers().stream().anyMatch(it -> it.id().equals(task.provider()));
  }
}
