package dev.mystical.scanner.wire.report;

import java.util.Arrays;
import java.util.Optional;

/** What reports are written in. */
public enum ReportFormat {
  /** SARIF 2.1.0. */
  SARIF("application/sarif+json"),
  /** {@code bearer scan --format jsonv2}. */
  BEARER("application/vnd.bearer.v2+json"),
  /** Answers of SonarQube's {@code api/issues/search}, all pages in one. */
  SONAR("application/vnd.sonar.issues+json");

  private final String mediaType;

  ReportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** That of a media type, whatever its letters' case and its parameters. */
  public static Optional<ReportFormat> of(String mediaType) {
    String essence = mediaType.split(";", 2)[0].strip();
    return Arrays.stream(values())
        .filter(format -> format.mediaType.equalsIgnoreCase(essence))
        .findFirst();
  }
}
