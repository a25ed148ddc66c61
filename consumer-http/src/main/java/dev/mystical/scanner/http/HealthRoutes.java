package dev.mystical.scanner.http;

import java.util.List;

/** How the process does, for whoever asks: {@code /livez}, {@code /readyz}, {@code /metrics}. */
public final class HealthRoutes {
  private static final int OK = 200;

  private HealthRoutes() {}

  public static List<Route> of(HealthView health, MetricsView metrics) {
    return List.of(
        Route.of("GET", "/livez", request -> HealthDocuments.live(health)),
        Route.of("GET", "/readyz", request -> HealthDocuments.ready(health)),
        Route.of(
            "GET",
            "/metrics",
            request -> Answer.of(OK, PrometheusText.TYPE, PrometheusText.of(metrics.metrics()))));
  }
}
