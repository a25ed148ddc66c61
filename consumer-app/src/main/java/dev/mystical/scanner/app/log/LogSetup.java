package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets up the log: one line an event on standard output, as text or JSON, without secrets. */
public final class LogSetup {
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSX\",UTC} %-5level %logger{0} %said%n";

  private LogSetup() {}

  /** How a line is written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** Quiet until settings are read: a command's own output is all that a person should see. */
  public static void quiet() {
    root().setLevel(Level.WARN);
  }

  public static void start(Format format, List<String> secrets) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Secrets hidden = new Secrets(secrets);
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> new SecretlessEncoder(text(context), hidden);
          case JSON -> new JsonLines(hidden);
        };
    encoder.setContext(context);
    encoder.start();
    Logger root = root();
    root.detachAndStopAllAppenders();
    root.addAppender(console(context, ConsoleTarget.SystemOut, encoder));
    root.setLevel(Level.INFO);
    context.getLogger("software.amazon.awssdk").setLevel(Level.WARN);
    context.getLogger("org.apache.hc").setLevel(Level.WARN);
    context.getLogger("redis.clients").setLevel(Level.ERROR);
  }

  static Appender<ILoggingEvent> console(
      LoggerContext context, ConsoleTarget target, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget(target.getName());
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayout layout = new PatternLayout();
    layout.getInstanceConverterMap().put("said", OneLineConverter::new);
    layout.setContext(context);
    layout.setPattern(PATTERN);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
