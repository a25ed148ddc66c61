package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/**
 * Writes each event as one line with one JSON object: {@code time}, {@code level}, {@code logger},
 * {@code thread}, then what the event names, then {@code message} and, where something was thrown,
 * {@code error}. Whole numbers and truth values stay what they are, all else is text. Secrets are
 * taken out of each value before it is cut, so that no half of one stays; and of values alone, so
 * that a password that looks like a key harms no line.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  /** What every line has, whatever the event calls its own. */
  static final Set<String> OWN = Set.of("time", "level", "logger", "thread", "message", "error");

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Secrets secrets;

  JsonLines(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      write(json, event);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private void write(JsonGenerator json, ILoggingEvent event) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    json.writeStringField("level", event.getLevel().toString());
    json.writeStringField("logger", event.getLoggerName());
    json.writeStringField("thread", value(event.getThreadName()));
    for (Map.Entry<String, Object> field : MessageFields.of(event).entrySet()) {
      if (!OWN.contains(field.getKey())) {
        json.writeFieldName(field.getKey());
        field(json, field.getValue());
      }
    }
    String message = String.valueOf(event.getFormattedMessage());
    json.writeStringField("message", Bounds.message(secrets.outOf(message)));
    if (event.getThrowableProxy() != null) {
      error(json, event.getThrowableProxy());
    }
    json.writeEndObject();
  }

  private void field(JsonGenerator json, Object value) throws IOException {
    String text = String.valueOf(value);
    String clean = secrets.outOf(text);
    // A number may be a secret as well.
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (clean.equals(text) && (value instanceof Integer || value instanceof Long)) {
      json.writeNumber(((Number) value).longValue());
    } else {
      json.writeString(Bounds.value(clean));
    }
  }

  private void error(JsonGenerator json, IThrowableProxy error) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("type", error.getClassName());
    json.writeStringField("message", value(String.valueOf(error.getMessage())));
    String stack = secrets.outOf(ErrorText.stack(error, secrets));
    json.writeStringField("stack", Bounds.stack(stack));
    json.writeEndObject();
  }

  private String value(String text) {
    return Bounds.value(secrets.outOf(text));
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
