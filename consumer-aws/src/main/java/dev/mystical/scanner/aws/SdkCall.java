package dev.mystical.scanner.aws;

import java.util.function.Supplier;

/** Calls the SDK in such a way that an interrupt is an interrupt. */
final class SdkCall {
  private SdkCall() {}

  /**
   * Makes the call. What the SDK throws at an interrupt differs with its settings (AbortedException
   * with retries, a plain SdkClientException without), so the thread's flag decides. The SDK clears
   * the flag itself where its own timer had set it.
   */
  static <T> T of(Supplier<T> call) throws InterruptedException {
    try {
      return call.get();
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        InterruptedException interrupted = new InterruptedException("during a call of AWS");
        interrupted.initCause(SdkCause.of(e));
        throw interrupted;
      }
      throw e;
    }
  }
}
