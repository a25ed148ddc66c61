package dev.mystical.scanner.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The names of events in the log and of their values are an API: alerts and searches go by them.
 * What is logged anywhere in the program stands in {@code log-events.txt}, one event a line.
 * Whoever changes a line of that list changes what operators rely on, and tells of it in
 * CHANGELOG.md.
 */
class LogKeysTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path OPERATIONS = PROJECT.resolve("docs/operations.md");

  /** What goes to production. */
  private static final List<String> MODULES =
      List.of("app", "aws", "domain", "files", "http", "redis", "wire");

  /** The text of an event, which may go on over lines. */
  private static final Pattern EVENT =
      Pattern.compile("\"(event=(?!\")(?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")*)\"");

  private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z]+)=");
  private static final Pattern GIVEN = Pattern.compile("\\blog\\(\"([a-z-]+)\"");
  private static final Pattern MENTIONED = Pattern.compile("`event=([a-z.-]+)`");

  @Test
  void eachEventHasTheKeysThatOperatorsKnow() throws IOException {
    assertThat(
            events().entrySet().stream()
                .map(it -> (it.getKey() + " " + it.getValue()).strip())
                .toList())
        .as("a change of what is logged belongs into log-events.txt and CHANGELOG.md")
        .isEqualTo(known());
  }

  @Test
  void eventsThatAreDocumentedAreLogged() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher mention = MENTIONED.matcher(Files.readString(OPERATIONS));
    while (mention.find()) {
      documented.add(mention.group(1));
    }

    assertThat(documented).isNotEmpty().isSubsetOf(events().keySet());
  }

  @Test
  void namesAreWrittenAlike() throws IOException {
    assertThat(events().keySet()).allSatisfy(name -> assertThat(name).matches("[a-z][a-z.-]*"));
    Set<String> keys = new TreeSet<>();
    events().values().forEach(it -> keys.addAll(List.of(it.split(" ", -1))));
    keys.remove("");
    assertThat(keys)
        .as("one kind of thing has one name")
        .doesNotContain("scan", "run", "id", "message", "error", "exception", "time", "duration");
  }

  /** By name: the keys in alphabetical order. */
  private static Map<String, String> events() throws IOException {
    Map<String, Set<String>> keys = new TreeMap<>();
    for (Path source : sources()) {
      String code = Files.readString(source);
      Matcher event = EVENT.matcher(code);
      while (event.find()) {
        String text = event.group(1).replaceAll("\"\\s*\\+\\s*\"", "");
        for (String name : names(text, code)) {
          keys.computeIfAbsent(name, it -> new TreeSet<>()).addAll(keys(text));
        }
      }
    }
    Map<String, String> events = new TreeMap<>();
    keys.forEach((name, own) -> events.put(name, String.join(" ", own)));
    return events;
  }

  /** That of the event; where it is a parameter, all that are given for it. */
  private static Set<String> names(String text, String code) {
    Set<String> names = new TreeSet<>();
    String name = text.substring(text.indexOf('=') + 1).split(" ", 2)[0];
    if (!name.equals("{}")) {
      return Set.of(name);
    }
    Matcher given = GIVEN.matcher(code);
    while (given.find()) {
      names.add(given.group(1));
    }
    return names;
  }

  private static Set<String> keys(String text) {
    Set<String> keys = new TreeSet<>();
    Matcher key = KEY.matcher(text);
    while (key.find()) {
      keys.add(key.group(1));
    }
    keys.remove("event");
    return keys;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files =
          Files.walk(PROJECT.resolve("consumer-" + module + "/src/main/java"))) {
        files.filter(it -> it.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<String> known() throws IOException {
    try (InputStream list = LogKeysTest.class.getResourceAsStream("/log-events.txt")) {
      assertThat(list).isNotNull();
      return new String(Objects.requireNonNull(list).readAllBytes(), UTF_8).lines().toList();
    }
  }
}
