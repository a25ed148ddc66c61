package dev.mystical.scanner.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed {@code .env} file: {@code NAME=value} lines, optionally after {@code export}, with
 * {@code #} comments and quotes. Nothing is expanded: a {@code $} is a {@code $}. In double quotes
 * a backslash escapes; single quotes take all literally; an unquoted value ends at white space
 * before a {@code #}.
 */
record DotEnv(Map<String, String> values, List<String> warnings, List<SettingProblem> problems) {
  static final DotEnv NONE = new DotEnv(Map.of(), List.of(), List.of());

  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*");
  private static final Pattern TAIL = Pattern.compile("\\s*(?:#.*)?");

  static DotEnv parse(String text, String file) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    List<SettingProblem> problems = new ArrayList<>();
    String[] lines = text.replaceFirst("^\\uFEFF", "").split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String place = file + " line " + (i + 1);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        // What stands there may be a secret that lost its name, so it is not shown.
        problems.add(new SettingProblem(place, "", "must be NAME=value, or a comment after #"));
        continue;
      }
      String name = matcher.group(1);
      try {
        if (values.put(name, value(matcher.group(2))) != null) {
          warnings.add("%s sets %s again; this last value counts".formatted(place, name));
        }
      } catch (IllegalArgumentException e) {
        problems.add(new SettingProblem(place + ", " + name, "", String.valueOf(e.getMessage())));
      }
    }
    return new DotEnv(values, warnings, problems);
  }

  private static String value(String text) {
    if (text.startsWith("\"")) {
      return doubleQuoted(text);
    }
    if (text.startsWith("'")) {
      int end = text.indexOf('\'', 1);
      if (end < 0) {
        throw new IllegalArgumentException("a quote is not closed on its line");
      }
      return closed(text.substring(1, end), text.substring(end + 1));
    }
    return COMMENT.matcher(text).replaceFirst("").strip();
  }

  private static String doubleQuoted(String text) {
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return closed(value.toString(), text.substring(i + 1));
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        value.append(unescaped(text.charAt(i)));
      } else {
        value.append(c);
      }
    }
    throw new IllegalArgumentException("a quote is not closed on its line");
  }

  private static String unescaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case '"', '\\', '$', '\'' -> String.valueOf(c);
      default -> "\\" + c;
    };
  }

  private static String closed(String value, String tail) {
    if (!TAIL.matcher(tail).matches()) {
      throw new IllegalArgumentException("nothing but a comment may follow the closing quote");
    }
    return value;
  }

  /** Values may be secret. */
  @Override
  public String toString() {
    return ".env with " + values.keySet();
  }
}
