package dev.mystical.scanner.app.log;

import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.Map;
import org.slf4j.MDC;

/**
 * What a part of a thread's work concerns: every line that is logged meanwhile names it, whoever
 * logs it. Immutable, for any thread.
 */
public final class LogScope {
  static final String SCAN = "scanId";
  static final String RUN = "runId";
  static final String TENANT = "tenant";
  static final String MESSAGE = "messageId";

  private final Map<String, String> names;

  private LogScope(Map<String, String> names) {
    this.names = Map.copyOf(names);
  }

  /** Work that may throw one kind of checked exception, or none. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  public static LogScope of(MessageId message) {
    return new LogScope(Map.of(MESSAGE, message.value()));
  }

  public static LogScope of(ScanKey scan) {
    return new LogScope(Map.of(SCAN, scan.id().value(), TENANT, scan.tenant().value()));
  }

  public static LogScope of(ScanKey scan, ProviderId provider) {
    return new LogScope(
        Map.of(
            SCAN,
            scan.id().value(),
            TENANT,
            scan.tenant().value(),
            RUN,
            new RunId(scan.id(), provider).toString()));
  }

  /** What the thread works on now, for another one that goes on with it. */
  public static LogScope present() {
    return new LogScope(context());
  }

  /** The work that is under way turns out to concern a scan, up to its scope's end. */
  public static void concerns(ScanKey scan) {
    of(scan).names.forEach(MDC::put);
  }

  /** Does the work, and takes back all names that were added since it began. */
  public <E extends Exception> void during(Work<E> work) throws E {
    Map<String, String> outside = context();
    names.forEach(MDC::put);
    try {
      work.run();
    } finally {
      MDC.setContextMap(outside);
    }
  }

  private static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : context;
  }
}
