package dev.mystical.scanner.domain.queue;

/** What became of one entry of a batch call. */
public sealed interface EntryResult {
  /** It is done. */
  record Done() implements EntryResult {}

  /** The receipt is worth nothing any more: the message is deleted, or belongs to a newer one. */
  record Gone(String reason) implements EntryResult {}

  /** Not done; the same entry may succeed later. */
  record Failed(String reason) implements EntryResult {}
}
