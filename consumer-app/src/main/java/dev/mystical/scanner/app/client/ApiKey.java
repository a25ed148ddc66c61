package dev.mystical.scanner.app.client;

import java.util.regex.Pattern;

/**
 * What proves to the API who asks. Throws {@link IllegalArgumentException}, without the key in it,
 * for what no header can carry.
 */
public record ApiKey(String value) {
  private static final Pattern PATTERN = Pattern.compile("[!-~]{1,512}");

  public ApiKey {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the key must be 1 to 512 printable ASCII characters without spaces");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
