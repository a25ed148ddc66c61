package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CheckedReportTest {
  private static final int BUFFER = 64 * 1024;

  @Test
  void aWholeReportComesAsItIs() {
    Seeds.check(
        50,
        random -> {
          byte[] report = report(random);
          byte[] packed = packed(report);

          assertThat(unpacked(key(report), packed)).isEqualTo(report);
          ByteArrayOutputStream passed = new ByteArrayOutputStream();
          CheckedReport.pass(key(report), new ByteArrayInputStream(packed), passed);
          assertThat(passed.toByteArray()).isEqualTo(packed);
        });
  }

  /** Whatever byte is another one, or missing: nobody gets the last bytes. */
  @Test
  void theEndOfADamagedReportNeverComes() {
    Seeds.check(
        200,
        random -> {
          byte[] report = report(random);
          byte[] damaged =
              random.nextBoolean() ? packed(changed(report, random)) : cut(packed(report), random);
          ByteArrayOutputStream passed = new ByteArrayOutputStream();

          assertThatThrownBy(
                  () -> CheckedReport.pass(key(report), new ByteArrayInputStream(damaged), passed))
              .isInstanceOf(DamagedReport.class);
          assertThat(passed.size()).isLessThan(damaged.length);
          assertThatThrownBy(() -> unpacked(key(report), damaged))
              .isInstanceOf(DamagedReport.class);
        });
  }

  private static byte[] report(RandomGenerator random) {
    byte[] report = new byte[random.nextInt(1, 4 * BUFFER)];
    random.nextBytes(report);
    return report;
  }

  private static byte[] changed(byte[] report, RandomGenerator random) {
    byte[] changed = report.clone();
    changed[random.nextInt(changed.length)] ^= 1;
    return changed;
  }

  private static byte[] cut(byte[] packed, RandomGenerator random) {
    return Arrays.copyOf(packed, random.nextInt(1, packed.length));
  }

  private static ReportKey key(byte[] report) {
    return new ReportKey(
        new ScanKey(ApiStand.ACME, new ScanId("s-1")),
        new ProviderId("sonar"),
        Digests.sha256(report));
  }

  private static byte[] unpacked(ReportKey key, byte[] packed) throws IOException {
    try (InputStream in = CheckedReport.unpacked(key, new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] packed(byte[] report) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(report);
    }
    return packed.toByteArray();
  }
}
