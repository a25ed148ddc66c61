package dev.mystical.scanner.app.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Repeats calls that had no answer, for a while. One thread at a time. */
final class Repeats {
  private final ClientTimes times;
  private final InstantSource clock;
  private final Pause pause;
  private final RandomGenerator random;
  private final Consumer<String> told;

  /**
   * @param told is given a sentence before each wait
   */
  Repeats(
      ClientTimes times,
      InstantSource clock,
      Pause pause,
      RandomGenerator random,
      Consumer<String> told) {
    this.times = times;
    this.clock = clock;
    this.pause = pause;
    this.random = random;
    this.told = told;
  }

  /** A call that may be made more than once. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws InterruptedException;
  }

  /**
   * The first answer that is one, or the last that is none.
   *
   * @param busy what of an answer says that it is none
   */
  <T> T of(Call<T> call, Function<T, Optional<Reply.Busy>> busy) throws InterruptedException {
    Instant end = clock.instant().plus(times.repeats());
    for (int tries = 0; ; tries++) {
      T answer = call.make();
      Optional<Reply.Busy> none = busy.apply(answer);
      if (none.isEmpty()) {
        return answer;
      }
      Duration wait = wait(none.get(), tries);
      // Asked to wait for longer, nothing is gained by asking before.
      if (clock.instant().plus(wait).isAfter(end)) {
        return answer;
      }
      told.accept("%s; trying again in %s".formatted(none.get().why(), words(wait)));
      pause.pause(wait);
    }
  }

  private Duration wait(Reply.Busy busy, int tries) {
    Duration own = times.between().delay(tries, random);
    return busy.after().filter(wanted -> wanted.compareTo(own) > 0).orElse(own);
  }

  private static String words(Duration wait) {
    return wait.toMillis() < 10_000
        ? "%d.%d s".formatted(wait.toSeconds(), wait.toMillisPart() / 100)
        : wait.toSeconds() + " s";
  }
}
