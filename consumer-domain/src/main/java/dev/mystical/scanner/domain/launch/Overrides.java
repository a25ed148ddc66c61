package dev.mystical.scanner.domain.launch;

/**
 * The size of a request's overrides as ECS counts it: characters of the JSON document, formatting
 * included (RunTask, parameter overrides: "A total of 8192 characters are allowed").
 */
final class Overrides {
  static final int LONGEST = 8192;

  private static final int FRAME =
      "{\"containerOverrides\":[{\"name\":,\"environment\":[]}]}".length();
  private static final int VARIABLE = "{\"name\":,\"value\":}".length();

  private Overrides() {}

  static int length(TaskRequest request) {
    int commas = Math.max(request.environment().size() - 1, 0);
    int length = FRAME + quoted(request.container()) + commas;
    for (var variable : request.environment().entrySet()) {
      length += VARIABLE + quoted(variable.getKey()) + quoted(variable.getValue());
    }
    return length;
  }

  private static int quoted(String text) {
    int length = 2;
    for (int i = 0; i < text.length(); i++) {
      length += written(text.charAt(i));
    }
    return length;
  }

  private static int written(char c) {
    return switch (c) {
      case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 2;
      default -> c < 0x20 ? 6 : 1;
    };
  }
}
