package dev.mystical.scanner.redis.index;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.ledger.ScanPlace;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index in Redis: sorted sets of names, to which the ledger's scripts add in the same step in
 * which they write a scan. Names whose scans are gone are left out, and removed when they are met.
 * Scans that this version cannot read are left out. Safe for use by many threads; it keeps nothing
 * itself.
 */
public final class RedisScanIndex implements ScanIndex {
  private static final Script PAGE = Script.of(RedisScanIndex.class, "page.lua");
  private static final Script FORGET = Script.of(RedisScanIndex.class, "forget.lua");
  private static final Logger LOG = LoggerFactory.getLogger(RedisScanIndex.class);

  /** Documents have some kilobytes each, and all that are looked through go over the network. */
  private static final int LOOKED_THROUGH = 500;

  private static final int MOST_AT_ONCE = 100;
  private static final int LEAST_AT_ONCE = 25;

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final ScanLedger ledger;

  public RedisScanIndex(RedisConnection redis, RedisKeys keys, ScanLedger ledger) {
    this.redis = redis;
    this.keys = keys;
    this.ledger = ledger;
  }

  @Override
  public Page list(Query query) throws InterruptedException {
    List<Found.Entry> scans = new ArrayList<>();
    Optional<ScanPlace> last = query.from();
    int left = LOOKED_THROUGH;
    while (left > 0) {
      int wanted = Math.min(left, atOnce(query, scans.size()));
      // One more than is looked at tells whether more follow.
      List<ScanPlace> places = places(query.tenant(), last, wanted + 1);
      List<ScanPlace> looked = places.subList(0, Math.min(wanted, places.size()));
      Map<ScanKey, Found> found = loaded(looked);
      for (int i = 0; i < looked.size(); i++) {
        last = Optional.of(looked.get(i));
        Optional.ofNullable(found.get(looked.get(i).key()))
            .map(Found::entry)
            .filter(query::asksFor)
            .ifPresent(scans::add);
        if (scans.size() == query.limit()) {
          boolean more = i + 1 < places.size();
          return new Page(scans, last.filter(place -> more).map(ScanPlace::cursor));
        }
      }
      if (looked.size() == places.size()) {
        return new Page(scans, Optional.empty());
      }
      left -= looked.size();
    }
    return new Page(scans, last.map(ScanPlace::cursor));
  }

  /** As many as may be needed: where only some scans are asked for, nobody knows how many. */
  private static int atOnce(Query query, int found) {
    boolean some = query.status().isPresent() || query.project().isPresent();
    return some ? MOST_AT_ONCE : Math.clamp(query.limit() - found, LEAST_AT_ONCE, MOST_AT_ONCE);
  }

  private Map<ScanKey, Found> loaded(List<ScanPlace> places) throws InterruptedException {
    Map<ScanKey, Found> found = ledger.loadAll(places.stream().map(ScanPlace::key).toList());
    List<ScanKey> gone = new ArrayList<>();
    found.forEach((key, scan) -> {
      if (scan.entry() instanceof Found.Absent) {
        gone.add(key);
      }
    });
    if (!gone.isEmpty()) {
      forget(gone);
    }
    return found;
  }

  private void forget(List<ScanKey> gone) throws InterruptedException {
    List<String> touched = new ArrayList<>();
    List<String> names = new ArrayList<>();
    touched.add(keys.scans());
    for (ScanKey key : gone) {
      touched.add(keys.scan(key));
      touched.add(keys.scans(key.tenant()));
      names.add(keys.indexed(key));
      names.add(key.id().value());
    }
    try {
      redis.run(FORGET, touched, names);
    } catch (LedgerUnavailable away) {
      // The page is right without it, and whoever meets them next tries again.
      LOG.debug("event=index-not-tidied reason={}", away.getMessage());
    }
  }

  private List<ScanPlace> places(Optional<Tenant> tenant, Optional<ScanPlace> after, int count)
      throws InterruptedException {
    Names names = new Names(keys, tenant);
    List<String> arguments =
        List.of(
            String.valueOf(count),
            after.map(place -> String.valueOf(place.created())).orElse(""),
            after.map(place -> names.of(place.key())).orElse(""));
    while (true) {
      List<?> answer = redis.run(PAGE, List.of(names.index()), arguments);
      List<ScanPlace> places = new ArrayList<>();
      List<String> unreadable = new ArrayList<>();
      for (int i = 0; i < answer.size(); i += 2) {
        String name = (String) answer.get(i);
        names
            .place(name, (String) answer.get(i + 1))
            .ifPresentOrElse(places::add, () -> unreadable.add(name));
      }
      if (unreadable.isEmpty()) {
        return places;
      }
      // No script of ours wrote them, and a page cannot go on from them. Each turn removes some.
      LOG.warn("event=index-unreadable names={}", unreadable);
      redis.ask(client -> client.zrem(names.index(), unreadable.toArray(String[]::new)));
    }
  }
}
