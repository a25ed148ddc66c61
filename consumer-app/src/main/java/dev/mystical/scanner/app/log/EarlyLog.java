package dev.mystical.scanner.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log until settings are read: warnings on standard error. {@link LogSetup} takes over from
 * here. In code, since to read a file of XML takes a tenth of the whole start; a file that logback
 * finds (on the class path, or named by {@code logback.configurationFile}) comes first all the
 * same.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL - 1)
public final class EarlyLog extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %logger{0} %msg%n");
    encoder.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(LogSetup.console(context, ConsoleTarget.SystemErr, encoder));
    root.setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
