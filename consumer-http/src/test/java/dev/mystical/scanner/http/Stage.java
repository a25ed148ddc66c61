package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.http.HttpListener.Clocks;
import dev.mystical.scanner.http.ListenerTerms.Room;
import dev.mystical.scanner.http.ListenerTerms.Times;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A listener with some routes that tests need, and others as they like. */
final class Stage {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Duration LONG = Duration.ofMinutes(1);
  static final Duration SHORT = Duration.ofMillis(200);
  static final Times PATIENT = new Times(LONG, LONG, LONG, LONG, LONG);
  static final Room WIDE = ListenerTerms.standard().room();

  /** How many requests came to the handler of {@code /echo} or {@code /ok}. */
  final AtomicInteger handled = new AtomicInteger();

  private final List<Route> routes = new ArrayList<>();

  Stage(Route... more) {
    routes.add(Route.of("GET", "/ok", request -> ok()));
    routes.add(new Route("POST", "/echo", this::echo, new BodyTerms(100_000, LONG)));
    routes.add(
        new Route(
            "POST",
            "/unread",
            request -> Answer.problem(401, "no"),
            new BodyTerms(1L << 40, LONG)));
    routes.addAll(Arrays.asList(more));
  }

  private Answer ok() {
    handled.incrementAndGet();
    return Answer.of(200, "text/plain", "ok");
  }

  private Answer echo(Request request) throws IOException {
    handled.incrementAndGet();
    try (InputStream body = request.body()) {
      return Answer.of(200, "text/plain", new String(body.readAllBytes(), UTF_8));
    }
  }

  HttpListener listen() {
    return listen(ListenerTerms.standard(), System::nanoTime);
  }

  HttpListener listen(ListenerTerms terms, LongSupplier nanos) {
    return HttpListener.start("127.0.0.1", 0, routes, terms, new Clocks(() -> NOW, nanos));
  }
}
