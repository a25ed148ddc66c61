package dev.mystical.scanner.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EarlyLogTest {
  @Test
  void logbackFindsIt() {
    assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(EarlyLog.class);
  }

  @Test
  void aFileThatLogbackFindsComesFirst() {
    assertThat(rank(EarlyLog.class))
        .isLessThan(rank(DefaultJoranConfigurator.class))
        .isGreaterThan(rank(BasicConfigurator.class));
  }

  private static int rank(Class<? extends Configurator> configurator) {
    return configurator.getAnnotation(ConfiguratorRank.class).value();
  }

  /** A command's own output goes to standard output, and nothing else may stand among it. */
  @Test
  void warningsGoToStandardError() {
    LoggerContext context = new LoggerContext();
    EarlyLog early = new EarlyLog();
    early.setContext(context);

    assertThat(early.configure(context))
        .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
    assertThat(root.iteratorForAppenders())
        .toIterable()
        .singleElement()
        .satisfies(appender -> {
          assertThat(appender.isStarted()).isTrue();
          assertThat(((ConsoleAppender<?>) appender).getTarget()).isEqualTo("System.err");
        });
    context.stop();
  }
}
