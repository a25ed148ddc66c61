package dev.mystical.scanner.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes metrics in the Prometheus text format, version 0.0.4. */
final class PrometheusText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private PrometheusText() {}

  static String of(List<MetricsView.Metric> metrics) {
    StringBuilder text = new StringBuilder();
    for (MetricsView.Metric metric : metrics) {
      text.append("# HELP %s %s\n".formatted(metric.name(), escaped(metric.help())))
          .append(
              "# TYPE %s %s\n"
                  .formatted(metric.name(), metric.type().name().toLowerCase(Locale.ROOT)));
      for (MetricsView.Sample sample : metric.samples()) {
        text.append(metric.name())
            .append(sample.suffix())
            .append(labels(sample))
            .append(' ')
            .append(number(sample.value()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String labels(MetricsView.Sample sample) {
    return sample.labels().isEmpty()
        ? ""
        : sample.labels().entrySet().stream()
            .map(it -> "%s=\"%s\"".formatted(it.getKey(), quoted(it.getValue())))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String quoted(String text) {
    return escaped(text).replace("\"", "\\\"");
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    // Counts are read by people as well, who like 12 better than 12.0.
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
