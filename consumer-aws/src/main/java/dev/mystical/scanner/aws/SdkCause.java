package dev.mystical.scanner.aws;

import java.io.Serial;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Stands for an SDK exception whose own message may recite secrets of the request. */
final class SdkCause extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private SdkCause(AwsServiceException e) {
    super(e.getClass().getSimpleName() + ": " + ServiceError.of(e));
    setStackTrace(e.getStackTrace());
  }

  static Throwable of(RuntimeException e) {
    return e instanceof AwsServiceException refused ? new SdkCause(refused) : e;
  }
}
