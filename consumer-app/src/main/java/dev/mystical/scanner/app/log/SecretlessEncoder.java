package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last net under all others: whatever another encoder wrote, the process's own secrets are
 * taken out of it, stack traces of foreign libraries included.
 */
final class SecretlessEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> inner;
  private final List<String> secrets;

  SecretlessEncoder(Encoder<ILoggingEvent> inner, List<String> secrets) {
    this.inner = inner;
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= 6)
            .flatMap(secret -> Stream.of(secret, escaped(secret)))
            .distinct()
            // The longest first: a shorter one within it would leave its rest to be read.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** As it stands in JSON. */
  private static String escaped(String secret) {
    return secret.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] line = inner.encode(event);
    if (secrets.isEmpty()) {
      return line;
    }
    String text = new String(line, UTF_8);
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean.equals(text) ? line : clean.getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
