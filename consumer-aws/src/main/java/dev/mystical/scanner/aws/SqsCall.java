package dev.mystical.scanner.aws;

import java.util.function.Supplier;

/** Calls SQS; what fails is a {@link dev.mystical.scanner.domain.queue.QueueUnavailable}. */
final class SqsCall {
  private SqsCall() {}

  static <T> T of(String operation, Supplier<T> call) throws InterruptedException {
    try {
      return SdkCall.of(call);
    } catch (RuntimeException e) {
      throw SqsFailures.of(operation, e);
    }
  }
}
