package dev.mystical.scanner.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.mystical.scanner.app.loop.MonotonicClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a program of its own, since it is a program that systemd is told with. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class SystemdNotifierIT {
  private static final long PID = 4711;
  private static final String TOLD = "/run/socket no-secret ";

  @TempDir private Path folder;
  private FakeSystemd systemd;

  @BeforeEach
  void start() throws InterruptedException {
    systemd = FakeSystemd.in(folder);
  }

  @AfterEach
  void stop() {
    systemd.close();
  }

  @Test
  void readinessAndTheStopAreToldWithoutOurSecrets() throws InterruptedException {
    SystemdNotifier notifier = notifier(systemd.environment());

    notifier.ready(() -> true);
    notifier.stopping();

    assertThat(systemd.next()).isEqualTo(TOLD + "READY=1 STATUS=serving");
    assertThat(systemd.next()).isEqualTo(TOLD + "STOPPING=1 STATUS=draining");
    notifier.awaitTold();
  }

  @Test
  void theWatchdogIsFedUntilTheStopIsTold() throws InterruptedException {
    SystemdNotifier notifier = notifier(watched("200000", Long.toString(PID)));

    notifier.ready(() -> true);

    assertThat(systemd.next()).isEqualTo(TOLD + "READY=1 STATUS=serving");
    assertThat(systemd.next()).isEqualTo(TOLD + "WATCHDOG=1");
    assertThat(systemd.next()).isEqualTo(TOLD + "WATCHDOG=1");
    end(notifier);
  }

  @Test
  void theWatchdogStarvesWhileALoopStandsStill() throws InterruptedException {
    SystemdNotifier notifier = notifier(watched("20000", ""));
    CountDownLatch asked = new CountDownLatch(3);

    notifier.ready(() -> {
      asked.countDown();
      return false;
    });
    asked.await();
    notifier.stopping();

    assertThat(systemd.next()).isEqualTo(TOLD + "READY=1 STATUS=serving");
    assertThat(systemd.next()).isEqualTo(TOLD + "STOPPING=1 STATUS=draining");
    notifier.awaitTold();
  }

  @Test
  void aWatchdogThatIsMeantForAnotherProcessIsNotFed() throws InterruptedException {
    AtomicBoolean asked = new AtomicBoolean();
    SystemdNotifier notifier = notifier(watched("20000", "4712"));

    notifier.ready(() -> {
      asked.set(true);
      return true;
    });
    notifier.stopping();

    assertThat(systemd.next()).isEqualTo(TOLD + "READY=1 STATUS=serving");
    assertThat(systemd.next()).isEqualTo(TOLD + "STOPPING=1 STATUS=draining");
    assertThat(asked).isFalse();
    notifier.awaitTold();
  }

  @Test
  void nobodyIsToldWhereSystemdDoesNotListen() throws InterruptedException {
    Map<String, String> alone = watched("20000", "");
    alone.remove("NOTIFY_SOCKET");
    SystemdNotifier notifier = notifier(alone);

    notifier.ready(() -> {
      throw new AssertionError("there is no watchdog to feed");
    });
    notifier.stopping();
    notifier.awaitTold();
    notifier(systemd.environment()).ready(() -> true);

    assertThat(systemd.next()).isEqualTo(TOLD + "READY=1 STATUS=serving");
  }

  @Test
  void withoutTheProgramTheServiceServesAllTheSame() throws InterruptedException {
    Map<String, String> bare = systemd.environment();
    bare.put("PATH", "/nowhere");

    notifier(bare).ready(() -> true);

    assertThat(new NotifyProgram(bare, Duration.ofSeconds(5)).tell("READY=1")).isFalse();
  }

  @Test
  void aProgramThatFailsOrHangsIsGivenUp() throws IOException, InterruptedException {
    Path programs = folder.resolve("programs");
    NotifyProgram program = new NotifyProgram(systemd.environment(), Duration.ofMillis(200));

    FakeSystemd.program(programs, "exit 3\n");
    assertThat(program.tell("READY=1")).isFalse();
    FakeSystemd.program(programs, "exec /bin/sleep 60\n");
    assertThat(program.tell("READY=1")).isFalse();
    FakeSystemd.program(programs, "exit 0\n");
    assertThat(new NotifyProgram(systemd.environment(), Duration.ofSeconds(30)).tell("READY=1"))
        .isTrue();
  }

  private Map<String, String> watched(String micros, String pid) {
    Map<String, String> environment = systemd.environment();
    environment.put("WATCHDOG_USEC", micros);
    environment.put("WATCHDOG_PID", pid);
    return environment;
  }

  private void end(SystemdNotifier notifier) throws InterruptedException {
    notifier.stopping();
    String told = systemd.next();
    while (told.equals(TOLD + "WATCHDOG=1")) {
      told = systemd.next();
    }
    assertThat(told).isEqualTo(TOLD + "STOPPING=1 STATUS=draining");
    notifier.awaitTold();
  }

  private static SystemdNotifier notifier(Map<String, String> environment) {
    return new SystemdNotifier(
        environment, PID, new MonotonicClock(Instant.EPOCH, System::nanoTime), new Random(1));
  }
}
