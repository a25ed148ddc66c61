package dev.mystical.scanner.domain.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * What the queue says of itself.
 *
 * @param visibility how long a delivery is hidden: the lease
 * @param deadLetterQueue the queue that its redrive policy names
 * @param maxReceives after so many receives it moves a message there by itself
 */
public record QueueState(
    Duration visibility, Optional<String> deadLetterQueue, Optional<Integer> maxReceives) {}
