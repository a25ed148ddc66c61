package dev.mystical.scanner.aws;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * Tells a listener of every call, whoever makes it: the SDK publishes here at the end of each,
 * those that were never sent included. Immutable, for any thread.
 */
final class CallMetrics implements MetricPublisher {
  private static final String UNKNOWN = "unknown";
  private static final int OK = 200;
  private static final int REFUSED = 400;
  private static final int FAILED = 500;

  private final AwsCallListener listener;

  CallMetrics(AwsCallListener listener) {
    this.listener = listener;
  }

  @Override
  public void publish(MetricCollection call) {
    listener.ended(
        new AwsCall(
            last(call, CoreMetric.SERVICE_ID).orElse(UNKNOWN).toLowerCase(Locale.ROOT),
            last(call, CoreMetric.OPERATION_NAME).orElse(UNKNOWN),
            outcome(call),
            last(call, CoreMetric.RETRY_COUNT).orElse(0),
            last(call, CoreMetric.API_CALL_DURATION).orElse(Duration.ZERO)));
  }

  private static AwsCall.Outcome outcome(MetricCollection call) {
    if (last(call, CoreMetric.API_CALL_SUCCESSFUL).orElse(false)) {
      return AwsCall.Outcome.OK;
    }
    List<MetricCollection> tries = call.children();
    return tries.isEmpty() ? AwsCall.Outcome.NO_ANSWER : failure(tries.getLast());
  }

  private static AwsCall.Outcome failure(MetricCollection attempt) {
    // The SDK knows throttling by its many error codes, where the status is that of any refusal.
    if (last(attempt, CoreMetric.ERROR_TYPE).filter("Throttling"::equals).isPresent()) {
      return AwsCall.Outcome.THROTTLED;
    }
    int status = last(attempt, HttpMetric.HTTP_STATUS_CODE).orElse(OK);
    if (status >= FAILED) {
      return AwsCall.Outcome.FAILED;
    }
    return status >= REFUSED ? AwsCall.Outcome.REFUSED : AwsCall.Outcome.NO_ANSWER;
  }

  private static <T> Optional<T> last(MetricCollection from, SdkMetric<T> metric) {
    List<T> values = from.metricValues(metric);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  @Override
  public void close() {}
}
