package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanError;

/** An error as the ledger's document holds it. */
final class ErrorShape {
  private ErrorShape() {}

  static ObjectNode write(ScanError error) {
    ObjectNode node =
        Json.object().put("code", error.code().name()).put("message", error.message());
    if (error.retryable()) {
      node.put("retryable", true);
    }
    return node;
  }

  static ScanError read(Fields from) {
    return new ScanError(
        ErrorCode.valueOf(from.text("code")), from.text("message"), from.flag("retryable", false));
  }
}
