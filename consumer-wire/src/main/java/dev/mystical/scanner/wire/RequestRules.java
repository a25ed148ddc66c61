package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.scan.ProviderId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server accepts in a request, beside what every server does.
 *
 * @param known the providers that can be asked for
 */
public record RequestRules(Set<ProviderId> known, Sender sender, PathTargets paths) {
  /** Where the document comes from. */
  public enum Sender {
    /** The queue: it may name scan and tenant, and has to name its providers. */
    QUEUE,
    /** A client of the API: it may not, and need not: all known providers are meant then. */
    CLIENT
  }

  /** Whether folders of this machine may be scanned. */
  public enum PathTargets {
    REFUSED,
    /** In local mode alone. */
    ALLOWED
  }

  public RequestRules {
    known = Collections.unmodifiableSortedSet(new TreeSet<>(known));
  }
}
