package dev.mystical.scanner.app.client;

import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.domain.scan.ScanId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends scans to the API and follows them. A request goes out under one Idempotency-Key however
 * often it is repeated, so that it never becomes two scans.
 */
public final class Submission {
  private static final int KEY_BYTES = 16;

  private final ApiClient api;
  private final ApiScan.Parts parts;

  private Submission(ApiClient api, ApiScan.Parts parts) {
    this.api = api;
    this.parts = parts;
  }

  /**
   * The real one.
   *
   * @param told is given a sentence before each repeat of a call
   */
  public static Submission over(
      ApiClient api, ClientTimes times, RandomGenerator random, Consumer<String> told) {
    return over(api, times, random, Pause.SLEEP, told);
  }

  static Submission over(
      ApiClient api,
      ClientTimes times,
      RandomGenerator random,
      Pause pause,
      Consumer<String> told) {
    InstantSource clock = new MonotonicClock(InstantSource.system().instant(), System::nanoTime);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return new Submission(
        api,
        new ApiScan.Parts(
            times, clock, random, new Repeats(times, clock, pause, random, told), folder));
  }

  /** Asks for a scan, again while there is no answer; under that key, or under a new one. */
  public Reply submit(String document, Optional<String> idempotencyKey)
      throws InterruptedException {
    String key = idempotencyKey.orElseGet(this::newKey);
    return parts
        .repeats()
        .of(
            () -> api.submit(document, key),
            reply -> reply instanceof Reply.Busy busy ? Optional.of(busy) : Optional.empty());
  }

  public WatchedScan scan(ScanId id) {
    return new ApiScan(api, id, parts);
  }

  private String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    parts.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
