package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.mystical.scanner.app.service.FakeSystemd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program under a service manager that waits for its word, and gets none of its secrets. */
class SystemdIT {
  @Test
  @Timeout(value = 120, threadMode = SEPARATE_THREAD)
  void isReadyAliveAndStoppingInThisOrder(@TempDir Path folder) throws InterruptedException {
    try (SystemStand stand = SystemStand.start(folder);
        FakeSystemd systemd = FakeSystemd.in(folder)) {
      Map<String, String> environment = stand.settings();
      environment.putAll(systemd.environment());
      environment.put("WATCHDOG_USEC", "600000000");
      try (Replica replica = Replica.start(folder, environment)) {
        assertThat(systemd.next()).isEqualTo("/run/socket no-secret READY=1 STATUS=serving");
        assertThat(systemd.next()).isEqualTo("/run/socket no-secret WATCHDOG=1");

        replica.sigterm();

        assertThat(systemd.next()).isEqualTo("/run/socket no-secret STOPPING=1 STATUS=draining");
        assertThat(replica.exitCode(Duration.ofSeconds(30))).isZero();
      }
    }
  }
}
