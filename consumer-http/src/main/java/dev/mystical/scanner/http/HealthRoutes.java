package dev.mystical.scanner.http;

import java.util.List;

/** How the process does, for whoever asks: {@code /livez}, {@code /readyz}, {@code /metrics}. */
public final class HealthRoutes {
  private static final int OK = 200;

  private HealthRoutes() {}

  public static List<Route> of(HealthView health, MetricsView metrics) {
    return List.of(
        vital("/livez", request -> HealthDocuments.live(health)),
        vital("/readyz", request -> HealthDocuments.ready(health)),
        vital(
            "/metrics",
            request -> Answer.of(OK, PrometheusText.TYPE, PrometheusText.of(metrics.metrics()))));
  }

  private static Route vital(String path, Handler handler) {
    return new Route("GET", path, handler, BodyTerms.NONE, Route.Rank.VITAL);
  }
}
