package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Looks at the scan queue and its dead-letter queue, and changes nothing. */
public final class SqsCheck {
  private static final String QUEUE = "queue";
  private static final String DEAD_LETTERS = "dead-letter queue";
  private static final String PERMISSIONS = "queue permissions";

  /** Fewer receives than this, and a restart or two sends good messages to the dead letters. */
  private static final int FEW_RECEIVES = 5;

  private static final Duration SHORT_LEASE = Duration.ofSeconds(20);
  private static final Receipt NOBODYS = new Receipt(new MessageId("check"), "check");

  private final SqsClient sqs;

  SqsCheck(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * Looks. Every trouble is a finding; nothing but an interrupt is thrown.
   *
   * @param deadLetters where poison is copied, if the settings say so
   */
  public List<Finding> run(String url, Optional<String> deadLetters) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try {
      QueueAttributes queue = QueueAttributes.read(sqs, url);
      findings.add(queue(url, queue));
      findings.add(permissions(url));
      redrive(queue).ifPresent(findings::add);
      deadLetters(url, queue, deadLetters).ifPresent(findings::add);
    } catch (QueueUnavailable e) {
      findings.add(new Finding.Failure(QUEUE, "cannot be used: " + e.getMessage()));
    }
    return List.copyOf(findings);
  }

  private static Finding queue(String url, QueueAttributes queue) {
    Duration lease = queue.visibility();
    if (url.endsWith(".fifo")) {
      return new Finding.Failure(QUEUE, "is a FIFO queue; only standard queues are supported");
    }
    if (lease.isZero()) {
      return new Finding.Failure(
          QUEUE, "hides messages for no time at all, so that each is worked on again and again");
    }
    if (lease.compareTo(SHORT_LEASE) < 0) {
      return new Finding.Warning(
          QUEUE,
          "hides messages for %d s only; give it a visibility timeout of at least %d s"
              .formatted(lease.toSeconds(), SHORT_LEASE.toSeconds()));
    }
    return new Finding.Ok(QUEUE, "exists and hides messages for %d s".formatted(lease.toSeconds()));
  }

  /** A receipt that never was is refused as such only to those who may delete and renew. */
  private Finding permissions(String url) throws InterruptedException {
    SqsScanQueue queue = new SqsScanQueue(sqs, sqs, url, Duration.ZERO);
    try {
      List<EntryResult> results = new ArrayList<>(queue.extend(List.of(NOBODYS), Duration.ZERO));
      results.addAll(queue.delete(List.of(NOBODYS)));
      for (EntryResult result : results) {
        if (result instanceof EntryResult.Failed(String reason)) {
          return new Finding.Warning(PERMISSIONS, "are not certain: " + reason);
        }
      }
      return new Finding.Ok(PERMISSIONS, "allow to renew and delete messages");
    } catch (QueueUnavailable e) {
      return new Finding.Failure(
          PERMISSIONS, "do not allow to renew and delete messages: " + e.getMessage());
    }
  }

  private static Optional<Finding> redrive(QueueAttributes queue) {
    String name = "redrive policy";
    if (queue.redrivePolicy().isEmpty()) {
      return Optional.of(
          new Finding.Warning(
              name, "is missing: a message that cannot be handled comes back until it expires"));
    }
    return queue
        .redrivePolicy()
        .get()
        .maxReceives()
        .map(count ->
            count < FEW_RECEIVES
                ? new Finding.Warning(
                    name,
                    "gives up after %d receives; give it a maxReceiveCount of at least %d"
                        .formatted(count, FEW_RECEIVES))
                : new Finding.Ok(name, "gives up after %d receives".formatted(count)));
  }

  private Optional<Finding> deadLetters(String url, QueueAttributes queue, Optional<String> given)
      throws InterruptedException {
    try {
      Optional<String> target = given;
      if (target.isEmpty() && queue.redrivePolicy().isPresent()) {
        String arn = queue.redrivePolicy().get().target();
        target = DeadLetterQueues.url(sqs, url, arn);
        if (target.isEmpty()) {
          return Optional.of(
              new Finding.Failure(DEAD_LETTERS, "does not exist, though " + arn + " is named"));
        }
      }
      return target.isPresent()
          ? Optional.of(retention(queue, QueueAttributes.read(sqs, target.get())))
          : Optional.empty();
    } catch (QueueUnavailable e) {
      return Optional.of(new Finding.Failure(DEAD_LETTERS, "cannot be reached: " + e.getMessage()));
    }
  }

  /** A message that is moved keeps its age ("Dead-letter queues", message retention). */
  private static Finding retention(QueueAttributes queue, QueueAttributes deadLetters) {
    return deadLetters.retention().compareTo(queue.retention()) <= 0
        ? new Finding.Warning(
            DEAD_LETTERS,
            "keeps messages for %d h, no longer than the queue itself (%d h)"
                .formatted(deadLetters.retention().toHours(), queue.retention().toHours()))
        : new Finding.Ok(
            DEAD_LETTERS,
            "exists and keeps messages for %d h".formatted(deadLetters.retention().toHours()));
  }
}
