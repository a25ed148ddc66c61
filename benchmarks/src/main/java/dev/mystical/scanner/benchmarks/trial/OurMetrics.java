package dev.mystical.scanner.benchmarks.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What our program tells of itself at {@code /metrics}. */
record OurMetrics(URI address) {
  private static final Pattern LISTENING = Pattern.compile("api listening on (http://\\S+)");

  static OurMetrics of(Program program) {
    Matcher found = LISTENING.matcher(program.output());
    if (!found.find()) {
      throw new CannotMeasure("it does not say where it listens: " + program.said());
    }
    return new OurMetrics(URI.create(found.group(1)));
  }

  /** The sum of a metric over all its labels. */
  double sum(String name) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/metrics"))
              .timeout(Duration.ofSeconds(10))
              .build();
      return client
          .send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new CannotMeasure("no metrics from " + address, e);
    }
  }
}
