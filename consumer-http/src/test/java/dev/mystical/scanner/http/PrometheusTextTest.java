package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mystical.scanner.http.MetricsView.Metric;
import dev.mystical.scanner.http.MetricsView.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  @Test
  void everyKindOfMetricIsWritten() {
    assertThat(
            PrometheusText.of(
                List.of(
                    new Metric(
                        "scanner_messages_total",
                        "Messages by\nend.",
                        MetricsView.Type.COUNTER,
                        List.of(
                            Sample.of(Map.of("end", "deleted", "a", "b"), 12),
                            Sample.of(Map.of("end", "a \"quoted\\\n one"), 0))),
                    Metric.of("scanner_load", "Load.", MetricsView.Type.GAUGE, 0.25),
                    new Metric(
                        "scanner_seconds",
                        "Times.",
                        MetricsView.Type.HISTOGRAM,
                        List.of(
                            new Sample("_bucket", new TreeMap<>(Map.of("le", "+Inf")), 3),
                            new Sample("_sum", new TreeMap<>(), 1.5),
                            new Sample("_count", new TreeMap<>(), 3))))))
        .isEqualTo(
            """
            # HELP scanner_messages_total Messages by\\nend.
            # TYPE scanner_messages_total counter
            scanner_messages_total{a="b",end="deleted"} 12
            scanner_messages_total{end="a \\"quoted\\\\\\n one"} 0
            # HELP scanner_load Load.
            # TYPE scanner_load gauge
            scanner_load 0.25
            # HELP scanner_seconds Times.
            # TYPE scanner_seconds histogram
            scanner_seconds_bucket{le="+Inf"} 3
            scanner_seconds_sum 1.5
            scanner_seconds_count 3
            """);
  }

  @Test
  void numbersThatAreNoneAreWrittenAsPrometheusWantsThem() {
    assertThat(
            PrometheusText.of(
                List.of(
                    new Metric(
                        "n",
                        "N.",
                        MetricsView.Type.GAUGE,
                        List.of(
                            Sample.of(Map.of(), Double.NaN),
                            Sample.of(Map.of(), Double.POSITIVE_INFINITY),
                            Sample.of(Map.of(), Double.NEGATIVE_INFINITY))))))
        .endsWith("n NaN\nn +Inf\nn -Inf\n");
  }

  @Test
  void aNameThatPrometheusCannotReadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metric.of("scanner-load", "Load.", MetricsView.Type.GAUGE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(Map.of("a-b", "c"), 1));
  }
}
