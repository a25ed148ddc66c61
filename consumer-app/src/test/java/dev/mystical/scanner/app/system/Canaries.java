package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secrets that are planted, and the search for them in what comes out. */
final class Canaries {
  /** Of this many characters a part of a secret is one itself. */
  private static final int TELLING = 12;

  private final Map<Secret, String> planted = new EnumMap<>(Secret.class);

  /** What is planted. */
  enum Secret {
    AWS_SECRET_KEY,
    REDIS_PASSWORD,
    TOKEN_KEY,
    WEBHOOK_SECRET,
    API_KEY,
    OPERATOR_KEY,
    /** A key that is none of the API's. */
    WRONG_KEY,
    RUN_TOKEN,
    /** In the URL of a target. */
    GIT_PASSWORD,
    /** In the user info of a callback's URL, which is refused. */
    CALLBACK_PASSWORD,
    /** In the query of a callback's URL, which is its client's to see. */
    CALLBACK_TOKEN,
    /** The value of a scanner's option, which is its container's to see. */
    OPTION
  }

  String plant(Secret secret, String value) {
    if (value.length() < 2 * TELLING) {
      throw new IllegalArgumentException(secret + " is too short to be found in parts");
    }
    planted.put(secret, value);
    return value;
  }

  /** Which of them a text has, in whatever form. */
  List<Secret> in(String text) {
    return planted.entrySet().stream()
        .filter(it -> forms(it.getValue()).stream().anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The forms in which a value might be written, or its two ends. */
  private static Set<String> forms(String value) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(value.substring(0, TELLING));
    forms.add(value.substring(value.length() - TELLING));
    forms.add(URLEncoder.encode(value, UTF_8));
    forms.add(HexFormat.of().formatHex(value.getBytes(UTF_8)));
    for (int before = 0; before < 3; before++) {
      forms.add(inBase64(value, before, Base64.getEncoder()));
      forms.add(inBase64(value, before, Base64.getUrlEncoder()));
    }
    return forms;
  }

  /** What stays the same of it in base64, whatever follows and so many bytes before it. */
  private static String inBase64(String value, int before, Base64.Encoder encoder) {
    byte[] bytes = value.getBytes(UTF_8);
    byte[] padded = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, padded, before, bytes.length);
    String text = encoder.encodeToString(Arrays.copyOf(padded, padded.length / 3 * 3));
    return before == 0 ? text : text.substring(4);
  }
}
