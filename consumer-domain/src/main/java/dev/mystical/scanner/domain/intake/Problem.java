package dev.mystical.scanner.domain.intake;

import dev.mystical.scanner.domain.scan.ErrorCode;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer where, as an RFC 6901 JSON pointer; empty for the whole document
 * @param code MESSAGE_INVALID, or what is more exact
 */
public record Problem(String pointer, String detail, ErrorCode code) {
  public static Problem at(String pointer, String detail) {
    return new Problem(pointer, detail, ErrorCode.MESSAGE_INVALID);
  }
}
