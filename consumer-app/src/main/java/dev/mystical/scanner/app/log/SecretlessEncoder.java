package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * The last net under all others: whatever another encoder wrote as text, the process's own secrets
 * are taken out of it, stack traces of foreign libraries included.
 */
final class SecretlessEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> inner;
  private final Secrets secrets;

  SecretlessEncoder(Encoder<ILoggingEvent> inner, Secrets secrets) {
    this.inner = inner;
    this.secrets = secrets;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return secrets.outOf(new String(inner.encode(event), UTF_8)).getBytes(UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
