package dev.mystical.scanner.domain.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a scan stands in the {@link ScanIndex}, which is for good: the newer come before the older,
 * and of those that are equally old the greater names before the smaller.
 *
 * @param created in whole milliseconds
 */
public record ScanPlace(long created, ScanKey key) implements Comparable<ScanPlace> {
  private static final int LONGEST_CURSOR = 256;
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15})/([^/]+)/([^/]+)");
  private static final Comparator<ScanPlace> ORDER =
      Comparator.comparingLong(ScanPlace::created)
          .thenComparing(place -> place.key().toString())
          .reversed();

  public ScanPlace {
    if (created < 0) {
      throw new IllegalArgumentException("created " + created);
    }
  }

  public static ScanPlace of(Scan scan) {
    return of(scan.createdAt(), scan.key());
  }

  public static ScanPlace of(RefusedScan scan) {
    return of(scan.at(), scan.key());
  }

  /**
   * The place that a {@link #cursor} names; {@link IllegalArgumentException} for any other text.
   */
  public static ScanPlace parse(String cursor) {
    if (cursor.length() > LONGEST_CURSOR) {
      throw new IllegalArgumentException("no cursor: it is too long");
    }
    Matcher parts = SHAPE.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
    if (!parts.matches()) {
      throw new IllegalArgumentException("no cursor");
    }
    ScanKey key = new ScanKey(new Tenant(parts.group(2)), new ScanId(parts.group(3)));
    ScanPlace place = new ScanPlace(Long.parseLong(parts.group(1)), key);
    if (!place.cursor().equals(cursor)) {
      throw new IllegalArgumentException("no cursor that was ever told");
    }
    return place;
  }

  /** A text that names this place, for clients to hand back. */
  public String cursor() {
    byte[] text = "%d/%s".formatted(created, key).getBytes(US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  @Override
  public int compareTo(ScanPlace other) {
    return ORDER.compare(this, other);
  }

  private static ScanPlace of(Instant created, ScanKey key) {
    return new ScanPlace(Math.max(0, created.toEpochMilli()), key);
  }
}
