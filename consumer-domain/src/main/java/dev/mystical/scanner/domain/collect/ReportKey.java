package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.regex.Pattern;

/**
 * The name of a stored report. It holds the hash of what it names, so two that write different
 * reports for one run never write over each other: which of them counts, the ledger says.
 *
 * @param sha256 of the document, unpacked; in lower-case hexadecimal digits
 */
public record ReportKey(ScanKey scan, ProviderId provider, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ReportKey {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("a SHA-256 is 64 hexadecimal digits");
    }
  }
}
