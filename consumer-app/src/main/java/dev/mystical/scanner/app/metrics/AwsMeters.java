package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.aws.AwsCall;
import dev.mystical.scanner.aws.AwsCallListener;
import dev.mystical.scanner.http.MetricsView;
import java.util.List;
import java.util.Locale;

/** The calls of AWS. Safe for use by many threads. */
public final class AwsMeters implements AwsCallListener, MetricsView {
  private final CounterFamily calls =
      new CounterFamily(
          "scanner_aws_calls_total",
          "Calls of AWS, each with all its tries, by outcome",
          "service",
          "action",
          "outcome");
  private final CounterFamily retries =
      new CounterFamily(
          "scanner_aws_retries_total",
          "Tries of calls of AWS beyond the first",
          "service",
          "action");
  private final HistogramFamily times =
      new HistogramFamily(
          "scanner_aws_call_seconds",
          "Time that calls of AWS took, all tries and pauses included",
          HistogramFamily.CALLS,
          "service",
          "action");

  @Override
  public void ended(AwsCall call) {
    calls.add(call.service(), call.action(), call.outcome().name().toLowerCase(Locale.ROOT));
    retries.add(call.retries(), call.service(), call.action());
    times.observe(call.took(), call.service(), call.action());
  }

  @Override
  public List<Metric> metrics() {
    return List.of(calls.metric(), retries.metric(), times.metric());
  }
}
