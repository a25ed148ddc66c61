package dev.mystical.scanner.domain.queue;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dead letters in memory; hidden as messages of a queue are. Guarded by the queue's own lock. */
public final class InMemoryDeadLetterBox implements DeadLetterBox {
  private static final Duration LOOKED_AT = Duration.ofSeconds(30);

  private final InMemoryScanQueue queue;

  public InMemoryDeadLetterBox(InstantSource clock) {
    this.queue = new InMemoryScanQueue(clock, LOOKED_AT, Optional.empty());
  }

  /** The queue that they lie in, to make it fail. */
  public InMemoryScanQueue queue() {
    return queue;
  }

  /** A message that the queue has moved here, since it was received too often. */
  public MessageId move(String body, Map<String, String> attributes) {
    Map<String, String> kept = new HashMap<>(attributes);
    kept.remove(DeadLetters.CODE);
    return queue.send(body, kept);
  }

  /** A copy of poison. */
  public MessageId copy(MessageId source, ErrorCode code, String body) {
    return queue.send(
        body, Map.of(DeadLetters.SOURCE, source.value(), DeadLetters.CODE, code.name()));
  }

  /** Those that were not deleted. */
  public List<MessageId> letters() {
    return queue.messages();
  }

  @Override
  public int count() throws InterruptedException {
    queue.inspect();
    return queue.messages().size();
  }

  @Override
  public List<Delivery> receive() throws InterruptedException {
    return queue.receive(BATCH);
  }

  @Override
  public List<EntryResult> delete(List<Receipt> receipts) throws InterruptedException {
    return queue.delete(receipts);
  }

  @Override
  public List<EntryResult> giveBack(List<Receipt> receipts) throws InterruptedException {
    return queue.extend(receipts, Duration.ZERO);
  }
}
