package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HttpListenerIT {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678901Z");

  private final ScriptedHealth health = new ScriptedHealth();
  private final HttpListener listener =
      HttpListener.start(
          "127.0.0.1",
          0,
          HealthRoutes.of(
              health,
              () ->
                  List.of(
                      MetricsView.Metric.of(
                          "scanner_load", "Load.", MetricsView.Type.GAUGE, 0.5))));
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  /** Health as a test wants it. */
  private static final class ScriptedHealth implements HealthView {
    private volatile List<Loop> loops = List.of(new Loop("poller", true, SINCE));
    private volatile List<Dependency> dependencies =
        List.of(new Dependency("redis", Status.UP, SINCE, "answers"));
    private volatile boolean draining;

    @Override
    public List<Loop> loops() {
      return loops;
    }

    @Override
    public List<Dependency> dependencies() {
      return dependencies;
    }

    @Override
    public boolean draining() {
      return draining;
    }
  }

  @Test
  void itLivesWhileEveryLoopTurns() throws IOException, InterruptedException {
    HttpResponse<String> live = get("/livez");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(live.body())
        .isEqualTo(
            "{\"status\":\"up\",\"loops\":[{\"name\":\"poller\",\"turning\":true,"
                + "\"lastTurn\":\"2026-01-02T03:04:05.678Z\"}]}");
    health.loops =
        List.of(
            new HealthView.Loop("poller", true, SINCE),
            new HealthView.Loop("keeper", false, SINCE));
    HttpResponse<String> dead = get("/livez");
    assertThat(dead.statusCode()).isEqualTo(503);
    assertThat(dead.body())
        .contains("\"status\":\"down\"", "\"name\":\"keeper\",\"turning\":false");
  }

  @Test
  void itIsReadyWhileNothingIsDown() throws IOException, InterruptedException {
    HttpResponse<String> ready = get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo(
            "{\"status\":\"up\",\"dependencies\":[{\"name\":\"redis\",\"status\":\"up\","
                + "\"since\":\"2026-01-02T03:04:05.678Z\",\"detail\":\"answers\"}]}");
    health.dependencies =
        List.of(
            new HealthView.Dependency("redis", HealthView.Status.DEGRADED, SINCE, "slow"),
            new HealthView.Dependency("queue", HealthView.Status.UP, SINCE, "answers"));
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).startsWith("{\"status\":\"degraded\"");
    health.dependencies =
        List.of(
            new HealthView.Dependency("redis", HealthView.Status.DEGRADED, SINCE, "slow"),
            new HealthView.Dependency("queue", HealthView.Status.DOWN, SINCE, "no such queue"));
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).startsWith("{\"status\":\"down\"").contains("no such queue");
  }

  @Test
  void itIsNotReadyWhileItDrainsButLives() throws IOException, InterruptedException {
    health.draining = true;
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).startsWith("{\"status\":\"draining\"");
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreShownAsPrometheusReadsThem() throws IOException, InterruptedException {
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body())
        .isEqualTo("# HELP scanner_load Load.\n# TYPE scanner_load gauge\nscanner_load 0.5\n");
  }

  @Test
  void aViewThatFailsIsAnErrorWithoutItsText() throws IOException, InterruptedException {
    HealthView broken =
        new HealthView() {
          @Override
          public List<Loop> loops() {
            throw new IllegalStateException("secret");
          }

          @Override
          public List<Dependency> dependencies() {
            return List.of();
          }

          @Override
          public boolean draining() {
            return false;
          }
        };
    try (HttpListener other =
        HttpListener.start("127.0.0.1", 0, HealthRoutes.of(broken, List::of))) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(other.address().resolve("/livez")).build());
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("\"status\":500").doesNotContain("secret");
      assertThat(send(HttpRequest.newBuilder(other.address().resolve("/readyz")).build()))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    int taken = listener.address().getPort();
    assertThatThrownBy(
            () -> HttpListener.start("127.0.0.1", taken, HealthRoutes.of(health, List::of)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen on http://127.0.0.1:" + taken);
  }

  /** Every seventh time somebody was still let in. */
  @RepeatedTest(60)
  void afterTheEndNobodyIsAnswered() {
    URI address = listener.address();
    listener.close();
    assertThatThrownBy(
            () -> new Socket(InetAddress.getLoopbackAddress(), address.getPort()).close())
        .isInstanceOf(IOException.class);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(listener.address() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
