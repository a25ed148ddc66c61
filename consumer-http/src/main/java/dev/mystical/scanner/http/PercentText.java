package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Decodes what URIs escape. What is no escape, or no UTF-8, is nothing at all: whoever guesses
 * reads another path than the proxy before him did.
 */
final class PercentText {
  private static final int ESCAPE = 3;
  private static final int HEX = 16;

  private PercentText() {}

  static Optional<String> decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (at + ESCAPE > raw.length()) {
        return Optional.empty();
      }
      int high = Character.digit(raw.charAt(at + 1), HEX);
      int low = Character.digit(raw.charAt(at + 2), HEX);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * HEX + low);
      at += ESCAPE - 1;
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** As forms write it, where a plus stands for a space. */
  static Optional<String> decodedForm(String raw) {
    return decoded(raw.replace('+', ' '));
  }
}
