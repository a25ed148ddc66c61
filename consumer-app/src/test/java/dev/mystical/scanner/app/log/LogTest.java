package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.mystical.scanner.domain.queue.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What stands on standard output, whatever was logged. */
@SuppressWarnings("SystemOut") // standard output is what is tested
class LogTest {
  private static final Logger LOG = LoggerFactory.getLogger("some.package.Name");

  private final PrintStream console = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, UTF_8));
  }

  @AfterEach
  void restore() throws Exception {
    System.setOut(console);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTest.class.getResource("/logback-test.xml"));
  }

  @Test
  void aLineSaysWhenHowBadWhoAndWhat() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());

    LOG.info("event=begun n={}", 7);
    LOG.debug("event=not-of-interest");

    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Name event=begun n=7");
  }

  @Test
  void aLineNamesItsMessage() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());
    MDC.put("messageId", "m-1");
    try {
      LOG.info("event=begun");
    } finally {
      MDC.clear();
    }

    assertThat(lines()).singleElement().asString().endsWith("event=begun messageId=m-1");
  }

  /** A text from outside could forge an event. */
  @Test
  void aBreakWithinATextBeginsNoLine() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());

    LOG.warn("event=failed error={}", "bad\r\n2026-01-01T00:00:00.000Z INFO Name event=all-well");

    assertThat(lines()).hasSize(1);
  }

  @Test
  void secretsAreTakenOutOfTextArgumentsAndTraces() {
    LogSetup.start(LogSetup.Format.TEXT, List.of("hunter2-hunter2", "short"));

    LOG.error(
        "password hunter2-hunter2 and {}",
        "hunter2-hunter2 again",
        new IllegalStateException("with hunter2-hunter2", new Exception("by hunter2-hunter2")));

    assertThat(written())
        .doesNotContain("hunter2")
        .contains("password *** and *** again")
        .contains("IllegalStateException: with ***")
        .contains("by ***");
  }

  @Test
  void aShortWordIsNoSecret() {
    LogSetup.start(LogSetup.Format.TEXT, List.of("event"));

    LOG.info("event=begun");

    assertThat(written()).contains("event=begun");
  }

  /** The rest of the longer one once stayed. */
  @Test
  void aSecretThatBeginsLikeAnotherLeavesNothingOfIt() {
    LogSetup.start(LogSetup.Format.TEXT, List.of("secret-1", "secret-1-and-more"));

    LOG.info("secret-1-and-more");

    assertThat(written()).doesNotContain("and-more");
  }

  @Test
  void aLineNamesAMessageOnce() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());

    LogScope.of(new MessageId("m-1")).during(() -> LOG.info("event=begun messageId={}", "m-1"));

    assertThat(lines()).singleElement().asString().endsWith("event=begun messageId=m-1");
  }

  @Test
  void whatIsNamedBesideTheMessageStandsBehindIt() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());

    LOG.atWarn().addKeyValue("code", "X").addKeyValue("reason", "two\nwords").log("event=dropped");

    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith("event=dropped code=X reason=\"two words\"");
  }

  @Test
  void jsonIsWrittenWhereItIsAskedFor() {
    LogSetup.start(LogSetup.Format.JSON, List.of("pass\"word\\1"));

    LOG.info("event=begun\nwith {}", "pass\"word\\1");

    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("{\"time\":\"")
        .contains("\"event\":\"begun\"", "\"message\":\"event=begun\\nwith ***\"")
        .endsWith("}");
  }

  @Test
  void librariesAreQuiet() {
    LogSetup.start(LogSetup.Format.TEXT, List.of());

    assertThat(LoggerFactory.getLogger("software.amazon.awssdk.core").isInfoEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger("redis.clients.jedis").isWarnEnabled()).isFalse();
    assertThat(LOG.isInfoEnabled()).isTrue();
  }

  @Test
  void untilSettingsAreReadOnlyWarningsAreWritten() {
    LogSetup.quiet();

    assertThat(LOG.isInfoEnabled()).isFalse();
    assertThat(((ch.qos.logback.classic.Logger) LOG).getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  private String written() {
    return out.toString(UTF_8);
  }

  private List<String> lines() {
    return written().lines().toList();
  }
}
