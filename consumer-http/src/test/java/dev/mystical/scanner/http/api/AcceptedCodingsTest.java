package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedCodingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "br, gzip",
        "gzip;q=0.1",
        "gzip ; q=1.000",
        "*",
        "identity;q=0, *"
      })
  void gzipIsWelcome(String header) {
    assertThat(AcceptedCodings.gzip(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip;q=0.000",
        "gzip; q=0, *",
        "*;q=0",
        "gzipped",
        "gzip;q=x",
        ",,;"
      })
  void gzipIsNot(String header) {
    assertThat(AcceptedCodings.gzip(header)).isFalse();
  }
}
