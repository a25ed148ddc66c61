package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.http.live.LiveHub;
import dev.mystical.scanner.http.webhook.CallbackRules;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the API works with. */
public record ApiParts(
    Access access, Intake intake, Records records, Live live, Supplier<List<Offer>> offers) {

  /** Who may call. */
  public record Access(ApiKeys keys, InstantSource clock) {}

  /**
   * How requests come in.
   *
   * @param decoder of what clients send
   * @param key signs messages, where there is one
   */
  public record Intake(
      RequestDecoder decoder,
      CallbackRules callbacks,
      MessageSender sender,
      Optional<TokenKey> key,
      RandomGenerator random) {}

  /** What is known. */
  public record Records(
      ScanLedger ledger,
      ScanIndex index,
      Reports reports,
      Outbox outbox,
      ProgressBoard progress,
      EntryLog<ErrorEntry> errors) {}

  /**
   * Reports.
   *
   * @param feed where it is told that one is damaged
   */
  public record Reports(ReportStore store, ErrorFeed feed) {}

  /** What happens. */
  public record Live(LiveHub<StateChange> events, LiveHub<ErrorEntry> errors) {}

  /**
   * A provider that can be asked for, or could be.
   *
   * @param health {@code ready}, or {@code off}
   * @param detail what is missing, as a sentence, where something is
   */
  public record Offer(
      String id, String taskDefinition, String container, String health, Optional<String> detail) {}
}
