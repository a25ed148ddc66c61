package dev.mystical.scanner.wire.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.wire.report.Reports.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes come in within limits, and no document is held whole. */
class ReportStreamsTest {
  private static final ReportLimits SMALL = new ReportLimits(10_000, 3_000_000, 100, 25_000, 1_000);
  private static final String LOG =
      "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[]}]}";

  @TempDir Path folder;

  @Test
  void packedReportsAreRead() throws IOException {
    Result read = read(Packing.GZIP, packed(LOG), ReportLimits.STANDARD);

    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    assertThat(((ReportOutcome.Read) read.outcome()).received().bytes()).isEqualTo(LOG.length());
    assertThat(read(Packing.NONE, LOG.getBytes(UTF_8), ReportLimits.STANDARD).outcome())
        .isEqualTo(read.outcome());
  }

  @Test
  void packingsHaveNames() {
    assertThat(Packing.of("")).contains(Packing.NONE);
    assertThat(Packing.of("identity")).contains(Packing.NONE);
    assertThat(Packing.of(" GZip ")).contains(Packing.GZIP);
    assertThat(Packing.of("br")).isEmpty();
    assertThat(Packing.of("gzip, gzip")).isEmpty();
  }

  @Test
  void spooledReportsAreSecretAndGoAway() throws IOException {
    try (SpooledReport report =
        SpooledReport.spool(
            new ByteArrayInputStream(packed(LOG)), Packing.GZIP, folder, ReportLimits.STANDARD)) {
      for (int i = 0; i < 2; i++) {
        try (InputStream in = report.open()) {
          assertThat(in.readAllBytes()).isEqualTo(LOG.getBytes(UTF_8));
        }
      }
      assertThat(files())
          .singleElement()
          .satisfies(it ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(it)))
                  .isEqualTo("rw-------"));
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void moreThanMayBeSentIsNotKept() throws IOException {
    assertThatExceptionOfType(ReportTooLarge.class)
        .isThrownBy(() ->
            SpooledReport.spool(
                new ByteArrayInputStream(new byte[10_001]), Packing.GZIP, folder, SMALL));
    assertThatExceptionOfType(ReportTooLarge.class)
        .isThrownBy(() ->
            SpooledReport.spool(
                new ByteArrayInputStream(new byte[3_000_001]), Packing.NONE, folder, SMALL));
    assertThat(files()).isEmpty();
    SpooledReport.spool(new ByteArrayInputStream(new byte[10_000]), Packing.GZIP, folder, SMALL)
        .close();
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    // A thousand times larger than it looks.
    byte[] bomb = packed(LOG + " ".repeat(2_500_000));
    assertThat(bomb.length).isLessThan(3_000);
    assertThat(read(Packing.GZIP, bomb, SMALL).outcome())
        .isEqualTo(new ReportOutcome.TooLarge("the report unpacked has more than 1048576 bytes"));
    // Well packed, and small enough for that.
    assertThat(read(Packing.GZIP, packed(LOG + " ".repeat(500_000)), SMALL).coverage())
        .isEqualTo(Coverage.FULL);
  }

  @Test
  void noReportIsUnpackedWithoutEnd() throws IOException {
    ReportLimits generous = new ReportLimits(10_000_000, 3_000_000, 1_000_000, 25_000, 1_000);
    byte[] large = packed(LOG + " ".repeat(3_000_000));

    assertThat(read(Packing.GZIP, large, generous).outcome())
        .isEqualTo(new ReportOutcome.TooLarge("the report unpacked has more than 3000000 bytes"));
  }

  @Test
  void whatIsNotPackedAsItSaysIsUnreadable() throws IOException {
    byte[] packed = packed(LOG);
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    byte[] wrong = packed.clone();
    wrong[packed.length - 6] ^= 1;

    for (byte[] bytes : List.of(LOG.getBytes(UTF_8), cut, wrong, new byte[0])) {
      assertThat(read(Packing.GZIP, bytes, ReportLimits.STANDARD).outcome())
          .isInstanceOf(ReportOutcome.Unreadable.class);
    }
    assertThat(read(Packing.NONE, packed, ReportLimits.STANDARD).outcome())
        .isInstanceOf(ReportOutcome.Unreadable.class);
  }

  /** A source that fails is no property of the report. */
  @Test
  void failuresOfSourcesAreThrown() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };
    for (ReportFormat format : ReportFormat.values()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> reader().read(() -> broken, format, OutputStream.nullOutputStream()))
          .withMessage("disk");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void failuresOfOutputsAreThrown() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    ReportSource source = () -> new ByteArrayInputStream(LOG.getBytes(UTF_8));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> reader().read(source, ReportFormat.SARIF, full))
        .withMessage("full");
  }

  /** What was read is written before much more is read: nothing piles up between. */
  @Test
  void noMoreThanAResultIsHeld() throws IOException {
    String result =
        "{\"message\":{\"text\":\"m\"},\"ruleId\":\"%s\"},".formatted("r".repeat(4_000));
    Gauge gauge = new Gauge();
    ReportSource source =
        () -> {
          gauge.read = 0;
          return gauge.counted(
              new SequenceInputStream(
                  Collections.enumeration(
                      Stream.concat(
                              Stream.of(LOG.substring(0, LOG.length() - 4)),
                              Stream.concat(
                                  IntStream.range(0, 1_000).mapToObj(i -> result),
                                  Stream.of("{\"message\":{\"text\":\"m\"}}]}]}")))
                          .map(it -> (InputStream) new ByteArrayInputStream(it.getBytes(UTF_8)))
                          .toList())));
        };
    ReportOutcome outcome = reader().read(source, ReportFormat.SARIF, gauge);

    assertThat(outcome).isInstanceOf(ReportOutcome.Read.class);
    assertThat(gauge.read).isGreaterThan(4_000_000);
    assertThat(gauge.mostBehind).isLessThan(100_000);
  }

  @Test
  void convertedReportsLeaveNothingBehind() throws IOException {
    for (String report : List.of("{\"findings\":[]}", "{\"findings\":[", "{\"findings\":[1]}")) {
      reader()
          .read(
              () -> new ByteArrayInputStream(report.getBytes(UTF_8)),
              ReportFormat.BEARER,
              OutputStream.nullOutputStream());
      assertThat(files()).isEmpty();
    }
  }

  /** How far writing is behind reading. */
  private static final class Gauge extends OutputStream {
    private long read;
    private long written;
    private long mostBehind;

    InputStream counted(InputStream in) {
      return new FilterInputStream(in) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int count = super.read(buffer, offset, length);
          read += Math.max(count, 0);
          if (written > 0) {
            mostBehind = Math.max(mostBehind, read - written);
          }
          return count;
        }
      };
    }

    @Override
    public void write(int b) {
      written++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      written += length;
    }
  }

  private Result read(Packing packing, byte[] bytes, ReportLimits limits) throws IOException {
    try (SpooledReport report =
        SpooledReport.spool(new ByteArrayInputStream(bytes), packing, folder, limits)) {
      return Reports.read(reader(), report, ReportFormat.SARIF);
    }
  }

  private ReportReader reader() {
    return new ReportReader(ReportLimits.STANDARD, List.of(), folder);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
