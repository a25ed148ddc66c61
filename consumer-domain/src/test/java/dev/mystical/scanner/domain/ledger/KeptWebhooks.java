package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.deliver.CallbackState;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The webhooks of a ledger in memory, which guards them. */
public final class KeptWebhooks {
  private final Map<String, Kept> webhooks = new LinkedHashMap<>();

  KeptWebhooks() {}

  /**
   * A webhook.
   *
   * @param due when it is, or until when it is claimed; empty once it has ended
   * @param endedBy the claim that ended it
   */
  public record Kept(
      OutboxEntry entry,
      CallbackState state,
      Optional<Instant> first,
      Optional<Instant> due,
      Optional<Instant> endedBy) {
    /** One that was never tried. */
    public static Kept untried(OutboxEntry entry, Instant due) {
      return new Kept(
          entry,
          new CallbackState(CallbackState.Status.PENDING, 0),
          Optional.empty(),
          Optional.of(due),
          Optional.empty());
    }

    public Kept dueAt(Instant at) {
      return new Kept(entry, state, first, Optional.of(at), endedBy);
    }
  }

  /** Keeps what a commit says, unless it is here already: bytes once written stay. */
  void apply(Commit commit, Instant now) {
    commit.outbox().forEach(entry -> webhooks.putIfAbsent(entry.id(), Kept.untried(entry, now)));
  }

  void clear() {
    webhooks.clear();
  }

  /** Those that are due, the longest due first. */
  public List<Kept> due(Instant now) {
    return waiting().stream()
        .filter(webhook -> webhook.due().stream().noneMatch(due -> due.isAfter(now)))
        .sorted(Comparator.comparing(webhook -> webhook.due().orElseThrow()))
        .toList();
  }

  /** Those that are to leave, now or later. */
  public List<Kept> waiting() {
    return webhooks.values().stream().filter(webhook -> webhook.due().isPresent()).toList();
  }

  public Optional<Kept> find(String id) {
    return Optional.ofNullable(webhooks.get(id));
  }

  public void put(Kept webhook) {
    webhooks.put(webhook.entry().id(), webhook);
  }
}
