package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a run's rules, and the messages that are made of them (§3.11). A rule's sentence
 * with a finding's words in it says more than a text of the finding's own, which is often no more
 * than the rule's title, so it goes first.
 */
final class Sentences {
  /** Nobody reads more of a message in a list. */
  static final int LONGEST = 1_000;

  /** Of all sentences of one run together. */
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final Pattern WORD = Pattern.compile("\\{(\\d{1,4})}");

  private final Map<String, String> sentences = new HashMap<>();
  private int characters;

  /** Keeps a rule's sentences; those that would be too much are left out. */
  void add(JsonNode rule) {
    String id = rule.path("id").asText("");
    rule.path("messageStrings")
        .properties()
        .forEach(it -> {
          String key = key(id, it.getKey());
          String sentence = shortened(it.getValue().path("text").asText(""));
          if (characters + key.length() + sentence.length() <= MOST_CHARACTERS) {
            characters += key.length() + sentence.length();
            sentences.putIfAbsent(key, sentence);
          }
        });
  }

  /** What a result's message says, in one line. */
  String message(String rule, JsonNode message) {
    String text = shortened(message.path("text").asText(""));
    String sentence = sentences.getOrDefault(key(rule, message.path("id").asText("")), text);
    return shortened(Texts.line(filled(sentence, message.path("arguments"))));
  }

  private static String filled(String sentence, JsonNode words) {
    StringBuilder filled = new StringBuilder();
    Matcher word = WORD.matcher(sentence);
    // However often a long word is asked for: no more than is shown.
    while (filled.length() < LONGEST && word.find()) {
      String one = words.path(Integer.parseInt(word.group(1))).asText(word.group());
      word.appendReplacement(filled, Matcher.quoteReplacement(shortened(one)));
    }
    if (filled.length() < LONGEST) {
      word.appendTail(filled);
    }
    return filled.toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private static String key(String rule, String message) {
    return rule + "\n" + message;
  }
}
