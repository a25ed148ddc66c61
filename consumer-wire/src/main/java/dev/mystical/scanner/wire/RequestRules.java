package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.scan.ProviderId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server accepts in a request, beside what every server does.
 *
 * @param known the providers that can be asked for
 * @param off those that could be, and what is missing for it, as a sentence
 */
public record RequestRules(
    Set<ProviderId> known, SortedMap<ProviderId, String> off, Sender sender, PathTargets paths) {
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
    off = Collections.unmodifiableSortedMap(new TreeMap<>(off));
  }

  public RequestRules(Set<ProviderId> known, Sender sender, PathTargets paths) {
    this(known, new TreeMap<>(), sender, paths);
  }

  /** The same for what comes from elsewhere. */
  public RequestRules from(Sender other) {
    return new RequestRules(known, off, other, paths);
  }

  public RequestRules withOff(SortedMap<ProviderId, String> missing) {
    return new RequestRules(known, missing, sender, paths);
  }
}
