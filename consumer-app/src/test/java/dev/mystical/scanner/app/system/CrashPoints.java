package dev.mystical.scanner.app.system;

import java.util.List;
import java.util.function.Predicate;

/** The commands to Redis at which the program is killed, known by what they touch and say. */
final class CrashPoints {
  private static final int NUMBER_OF_KEYS = 2;
  private static final int FIRST_KEY = 3;

  private CrashPoints() {}

  /** All of a report is uploaded, and becomes one that others find. */
  static Predicate<List<String>> reportPublished() {
    return script(2, "scanner:upload:", "");
  }

  /** The ledger takes down that a report is the run's. */
  static Predicate<List<String>> reportCommitted(String scanId) {
    return committed(scanId, "\"received\"");
  }

  /** The ledger takes down a scan that has something in its document. */
  static Predicate<List<String>> committed(String scanId, String word) {
    return script(11, "scanner:scan:default:" + scanId, word);
  }

  /** The outbox takes down that a webhook has arrived. */
  static Predicate<List<String>> delivered() {
    return script(2, "scanner:outbox", "DELIVERED");
  }

  private static Predicate<List<String>> script(int keys, String firstKey, String word) {
    return command ->
        command.getFirst().startsWith("EVAL")
            && command.size() > FIRST_KEY
            && command.get(NUMBER_OF_KEYS).equals(String.valueOf(keys))
            && command.get(FIRST_KEY).startsWith(firstKey)
            && command.stream().skip(FIRST_KEY).anyMatch(it -> it.contains(word));
  }
}
