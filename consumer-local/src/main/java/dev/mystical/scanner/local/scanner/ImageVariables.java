package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scanner's image tells the agent of its scanner, read from its Containerfile: it stands
 * there once, for the image and for the local mode.
 */
final class ImageVariables {
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
  private static final String VALUE = "=(?:\"([^\"\n]*)\"|([^\\s\"]+))";
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(SCAN_(?:TOOL|TOOL_VERSION|REPORT_TYPE))" + VALUE);
  private static final Pattern ARGUMENT = Pattern.compile("(?m)^ARG (\\w+)" + VALUE);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{?(\\w+)}?");

  private ImageVariables() {}

  /** The variables by name; none where there is no Containerfile. */
  static SortedMap<String, String> of(Path folder) {
    SortedMap<String, String> variables = new TreeMap<>();
    Path file = folder.resolve("Containerfile");
    if (!Files.isRegularFile(file)) {
      return variables;
    }
    try {
      String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
      Map<String, String> arguments = new HashMap<>();
      read(ARGUMENT, text, arguments);
      read(VARIABLE, text, variables);
      variables.replaceAll((name, value) -> resolved(value, arguments));
      return variables;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void read(Pattern pattern, String text, Map<String, String> values) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      values.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted);
    }
  }

  private static String resolved(String value, Map<String, String> arguments) {
    return REFERENCE
        .matcher(value)
        .replaceAll(match -> Matcher.quoteReplacement(arguments.getOrDefault(match.group(1), "")));
  }
}
