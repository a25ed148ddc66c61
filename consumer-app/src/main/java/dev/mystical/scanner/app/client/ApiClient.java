package dev.mystical.scanner.app.client;

import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.wire.report.FindingsReader;
import dev.mystical.scanner.wire.report.Packing;
import dev.mystical.scanner.wire.report.ReportTooLarge;
import dev.mystical.scanner.wire.report.SpooledReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The API's calls, one request each: nothing is repeated here, and redirects, which could take the
 * key elsewhere, are not followed. For many threads.
 */
public final class ApiClient implements AutoCloseable {
  private final ApiAddress address;
  private final Optional<ApiKey> key;
  private final ClientTimes times;
  private final HttpClient http;
  private final Deadlines deadlines = new Deadlines();
  private final Answers answers;

  private ApiClient(
      ApiAddress address, Optional<ApiKey> key, ClientTimes times, InstantSource clock) {
    this.address = address;
    this.key = key;
    this.times = times;
    this.answers = new Answers(key, clock);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(times.call())
            .build();
  }

  /** Connects to nothing yet. */
  public static ApiClient open(
      ApiAddress address, Optional<ApiKey> key, ClientTimes times, InstantSource clock) {
    return new ApiClient(address, key, times, clock);
  }

  ApiAddress address() {
    return address;
  }

  /** Asks for a scan; under the same key it is the same one, however often it is asked for. */
  public Reply submit(String document, String idempotencyKey) throws InterruptedException {
    return ask(
        request("/v1/scans", "application/json")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(document))
            .build());
  }

  public Reply scan(ScanId id) throws InterruptedException {
    return ask(request("/v1/scans/" + id, "application/json").build());
  }

  /** The scan's report, of all its runs, in a file of its own in that folder. */
  Download report(ScanId id, Path folder) throws InterruptedException {
    HttpRequest request =
        request("/v1/scans/" + id + "/report", "application/sarif+json")
            .header("Accept-Encoding", "gzip")
            .build();
    try {
      return deadlines.within(times.report(), () -> download(send(request), folder));
    } catch (ReportTooLarge e) {
      return new Download.Failed(new Reply.Strange(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return new Download.Failed(answers.failed(e));
    }
  }

  private Download download(HttpResponse<InputStream> answer, Path folder) throws IOException {
    try (InputStream body = answer.body()) {
      Optional<Packing> packing =
          Packing.of(answer.headers().firstValue("Content-Encoding").orElse(""));
      if (answer.statusCode() != 200) {
        return new Download.Failed(answers.read(answer, body));
      }
      return packing.isEmpty()
          ? new Download.Failed(new Reply.Strange("the report is packed in an unknown way"))
          : new Download.Kept(
              SpooledReport.spool(body, packing.get(), folder, FindingsReader.MERGED));
    }
  }

  /**
   * What changes of a scan, as server-sent events, after the one with that id; all from now on
   * where it is empty. Whoever opens the stream closes it.
   */
  InputStream events(ScanId id, String after) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/v1/scans/" + id + "/events", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    HttpResponse<InputStream> answer = send(request.timeout(times.call()).build());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() == 200 && type.startsWith("text/event-stream")) {
      return answer.body();
    }
    answer.body().close();
    throw new IOException("no stream of events, but %d".formatted(answer.statusCode()));
  }

  private Reply ask(HttpRequest request) throws InterruptedException {
    try {
      return deadlines.within(
          times.call(),
          () -> {
            HttpResponse<InputStream> answer = send(request);
            try (InputStream body = answer.body()) {
              return answers.read(answer, body);
            }
          });
    } catch (IOException e) {
      return answers.failed(e);
    }
  }

  private HttpRequest.Builder request(String path, String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.at(path))
            .header("Accept", accept)
            .header("User-Agent", "mystical-scanner");
    key.ifPresent(it -> request.header("Authorization", "Bearer " + it.value()));
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofInputStream());
  }

  /** Cuts off every call and stream that is under way. */
  @Override
  public void close() {
    deadlines.close();
    http.shutdownNow();
  }
}
