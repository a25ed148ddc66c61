package dev.mystical.scanner.http.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which attempt of which run a token speaks for. A token says neither whose scan it
 * belongs to nor which attempt: it is compared with the tokens of all attempts that the ledger has
 * under that run's id, for each tenant. Safe for use by many threads.
 */
final class RunDoor {
  /** A run has fewer attempts; a person's retries included, hardly ever more. */
  private static final int MOST_ATTEMPTS = 32;

  private static final Pattern TOKEN = Pattern.compile("(\\d{1,12})\\.[A-Za-z0-9_-]{43}");

  private final TokenKey key;
  private final ScanLedger ledger;
  private final List<Tenant> tenants;

  RunDoor(TokenKey key, ScanLedger ledger, Set<Tenant> tenants) {
    this.key = key;
    this.ledger = ledger;
    this.tenants = List.copyOf(tenants);
  }

  Admittance ask(RunId run, String token) throws InterruptedException {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return new Admittance.Unproven();
    }
    List<ScanKey> keys = tenants.stream().map(it -> new ScanKey(it, run.scan())).toList();
    List<Found> found = List.copyOf(ledger.loadAll(keys).values());
    if (found.isEmpty()) {
      // A newer version wrote what this one cannot read.
      return made(run, token, parts.group(1))
          ? new Admittance.Doubtful()
          : new Admittance.Unproven();
    }
    Instant now = found.getFirst().now();
    if (Instant.ofEpochSecond(Long.parseLong(parts.group(1))).isBefore(now)) {
      return new Admittance.Unproven();
    }
    for (Found each : found) {
      if (each.entry() instanceof Found.Versioned scan) {
        Optional<Admittance> spoken = spoken(scan, run, token, now);
        if (spoken.isPresent()) {
          return spoken.get();
        }
      }
    }
    if (!made(run, token, parts.group(1))) {
      return new Admittance.Unproven();
    }
    boolean doubtful = found.stream().anyMatch(it -> it.doubtfulBefore().isAfter(Instant.EPOCH));
    return doubtful || found.size() < keys.size()
        ? new Admittance.Doubtful()
        : new Admittance.Unknown();
  }

  private Optional<Admittance> spoken(Found.Versioned at, RunId run, String token, Instant now) {
    Scan scan = at.scan();
    for (Run each : scan.runs()) {
      for (Attempt attempt : each.attempts()) {
        if (same(TaskRequests.token(key, scan.runId(each.provider()), attempt), token)) {
          ProviderId provider = each.provider();
          return Optional.of(
              provider.equals(run.provider())
                  ? new Admittance.Granted(at, provider, attempt.number(), now)
                  : new Admittance.Foreign());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether we have made it, although no attempt that the ledger knows has it. */
  private boolean made(RunId run, String token, String expiry) {
    boolean made = false;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      made |= same(key.runToken(run.toString(), attempt, Long.parseLong(expiry)), token);
    }
    return made;
  }

  private static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
  }
}
