package dev.mystical.scanner.domain.deliver;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One try of one webhook.
 *
 * @param id the same on every try; receivers tell repeats by it
 * @param url where to, as the client wrote it; nobody has checked it
 * @param body JSON, sent as UTF-8; the same on every try
 * @param at the moment of this try
 */
public record Webhook(String id, String url, String body, Instant at) {
  // A full stop would end the id within what is signed.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  public Webhook {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a webhook's id must match " + ID.pattern());
    }
  }

  /** The id alone, since a query may hold a secret. */
  @Override
  public String toString() {
    return id;
  }
}
