package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import java.util.List;

/** The numbers of a process: those of all its parts, in their order. */
public final class ServerMetrics implements MetricsView {
  private final List<MetricsView> parts;

  public ServerMetrics(List<MetricsView> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public List<Metric> metrics() {
    return parts.stream().flatMap(part -> part.metrics().stream()).toList();
  }
}
