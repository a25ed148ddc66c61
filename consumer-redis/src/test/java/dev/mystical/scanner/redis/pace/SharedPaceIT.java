package dev.mystical.scanner.redis.pace;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pace and the gates between several replicas. */
class SharedPaceIT {
  private TestRedis redis;
  private RedisConnection other;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start();
    other = TestRedis.connect(redis.server());
  }

  @AfterEach
  void stop() {
    other.close();
    redis.close();
  }

  @Test
  void twoReplicasTogetherReserveNoMoreThanTheRate()
      throws ExecutionException, InterruptedException {
    PaceTerms terms = new PaceTerms(20, 20, Duration.ofHours(1));
    long begun = redis.micros();
    List<Admission> admissions = admittedByBoth(terms, 500);

    // Whatever time the calls themselves took, each moved the shared time on by one interval.
    long reserved = arrival() - begun;
    assertThat(reserved).isGreaterThanOrEqualTo(500 * 50_000L);
    assertThat(admissions).allMatch(Admission.Go.class::isInstance);
    assertThat(arrival() - 20 * 50_000L - redis.micros())
        .as("the last turn is not later than the rate demands")
        .isLessThanOrEqualTo(480 * 50_000L);
    // A place is at most once given away: waits grow by an interval with each one after the burst.
    assertThat(admissions)
        .filteredOn(it -> ((Admission.Go) it).in().isPositive())
        .extracting(it -> ((Admission.Go) it).in())
        .doesNotHaveDuplicates();
  }

  @Test
  void whoComesWhenAllPlacesAreReservedIsToldToAskAgain() throws InterruptedException {
    LaunchPace pace = redis.pace(redis.connection(), new PaceTerms(1, 1, Duration.ofSeconds(2)));
    for (int i = 0; i < 3; i++) {
      assertThat(pace.admit(SONAR)).isInstanceOf(Admission.Go.class);
    }
    long reserved = arrival();

    Admission refused = pace.admit(SONAR);

    assertThat(refused).isInstanceOf(Admission.Later.class);
    assertThat(((Admission.Later) refused).again()).isPositive();
    assertThat(arrival()).isEqualTo(reserved);
  }

  @Test
  void aProbeIsGivenToOneOfMany() throws ExecutionException, InterruptedException {
    PaceTerms terms = PaceTerms.of(1_000, 1_000);
    redis.pace(redis.connection(), terms).close(Gate.QUOTA, Duration.ofHours(1));
    redis.connection().ask(it -> it.hset(redis.keys().gate(Gate.QUOTA), "probe", "1"));

    List<Admission> admissions = admittedByBoth(terms, 100);

    assertThat(admissions).filteredOn(Admission.Probe.class::isInstance).hasSize(1);
    assertThat(admissions).filteredOn(Admission.Closed.class::isInstance).hasSize(99);
  }

  @Test
  void aClosedGateReservesNothing() throws InterruptedException {
    LaunchPace pace = redis.pace(redis.connection(), PaceTerms.of(1, 1));
    pace.close(Gate.of(SONAR), Duration.ofHours(1));
    pace.admit(SONAR);

    assertThat(redis.holds(it -> it.exists(redis.keys().pace()))).isFalse();
  }

  @Test
  void launchesAndStopsOfTwoReplicasTogetherStayWithinTheRate()
      throws ExecutionException, InterruptedException {
    PaceTerms terms = new PaceTerms(20, 20, Duration.ofHours(1));
    LaunchPace launches = redis.pace(redis.connection(), terms);
    CallPace stops = redis.calls(other, terms);
    long begun = redis.micros();
    List<Admission> admissions = admitted(500, () -> launches.admit(SONAR), stops::stop);

    assertThat(arrival() - begun).isGreaterThanOrEqualTo(500 * 50_000L);
    assertThat(admissions)
        .filteredOn(it -> ((Admission.Go) it).in().isPositive())
        .extracting(it -> ((Admission.Go) it).in())
        .doesNotHaveDuplicates();
  }

  @Test
  void readsOfTwoReplicasTogetherStayWithinFiveASecond()
      throws ExecutionException, InterruptedException {
    PaceTerms terms = PaceTerms.of(1_000, 1_000);
    CallPace one = redis.calls(redis.connection(), terms);
    CallPace two = redis.calls(other, terms);
    List<Admission> admissions = admitted(200, one::read, two::read);

    assertThat(admissions)
        .filteredOn(it -> it.equals(new Admission.Go(Duration.ZERO)))
        .hasSizeBetween(5, 30);
    // What is more than half a minute ahead is not reserved.
    assertThat(admissions).filteredOn(Admission.Later.class::isInstance).isNotEmpty();
    assertThat(redis.holds(it -> it.exists(redis.keys().pace()))).isFalse();
  }

  private List<Admission> admittedByBoth(PaceTerms terms, int calls)
      throws InterruptedException, ExecutionException {
    LaunchPace one = redis.pace(redis.connection(), terms);
    LaunchPace two = redis.pace(other, terms);
    return admitted(calls, () -> one.admit(SONAR), () -> two.admit(SONAR));
  }

  /** So many admissions, half of each, asked for at the same time. */
  private static List<Admission> admitted(
      int calls, Callable<Admission> one, Callable<Admission> two)
      throws InterruptedException, ExecutionException {
    List<Admission> admissions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Admission>> futures = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        futures.add(threads.submit(i % 2 == 0 ? one : two));
      }
      for (Future<Admission> future : futures) {
        admissions.add(future.get());
      }
    }
    return admissions;
  }

  private long arrival() throws InterruptedException {
    return Long.parseLong(redis.connection().ask(it -> it.get(redis.keys().pace())));
  }
}
