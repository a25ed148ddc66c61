package dev.mystical.scanner.aws;

/** Is told of each call of AWS when it has ended, by the thread that made it. */
@FunctionalInterface
public interface AwsCallListener {
  /** Must not block. */
  void ended(AwsCall call);
}
