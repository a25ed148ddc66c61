package dev.mystical.scanner.app.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/** A stack trace of bounded length, which shows something of each of its causes. */
final class ErrorText {
  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 20;

  private ErrorText() {}

  /**
   * The trace in the JVM's own form.
   *
   * @param secrets taken out of each message before it is cut
   */
  static String stack(IThrowableProxy error, Secrets secrets) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy cause = error;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (depth > 0) {
        text.append("Caused by: ");
      }
      text.append(cause.getClassName());
      if (cause.getMessage() != null) {
        text.append(": ").append(Bounds.value(secrets.outOf(cause.getMessage())));
      }
      frames(text.append('\n'), cause.getStackTraceElementProxyArray());
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static void frames(StringBuilder text, StackTraceElementProxy[] frames) {
    int shown = Math.min(frames.length, MOST_FRAMES);
    for (int i = 0; i < shown; i++) {
      text.append('\t').append(frames[i].getSTEAsString()).append('\n');
    }
    if (shown < frames.length) {
      text.append("\t... ").append(frames.length - shown).append(" more\n");
    }
  }
}
