package dev.mystical.scanner.wire.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tool wrote for where a thing is (§3.4.3), however well or badly: a web address, or a path
 * as its segments, each character of which is one byte.
 */
sealed interface Reference {

  /** Left as it is, but for user info. */
  record Web(String address) implements Reference {}

  /** From the root of a file system. Has no {@code ..}, for above a root is nothing. */
  record Absolute(List<String> segments) implements Reference {}

  /** From somewhere else; may begin with {@code ..}. */
  record Relative(List<String> segments) implements Reference {}

  // One letter is a drive.
  Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
  Pattern DRIVE = Pattern.compile("[A-Za-z]:(?:[/\\\\].*)?", Pattern.DOTALL);

  static Reference parse(String text) {
    String line = Texts.line(text).strip();
    Matcher matcher = SCHEME.matcher(line);
    String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    if (scheme.equals("file")) {
      return absolute(withoutHost(matcher.group(2).replace('\\', '/')));
    }
    if (scheme.equals("http") || scheme.equals("https")) {
      Optional<String> address = Texts.address(line);
      if (address.isPresent()) {
        return new Web(address.get());
      }
    }
    // Any other scheme is taken for a piece of a path: nothing that runs when it is clicked.
    boolean rooted = line.startsWith("/") || line.startsWith("\\") || DRIVE.matcher(line).matches();
    return rooted ? absolute(line) : new Relative(plain(segments(line)));
  }

  private static Reference absolute(String path) {
    List<String> segments = new ArrayList<>(plain(segments(path)));
    segments.removeIf(segment -> segment.equals(".."));
    return new Absolute(segments);
  }

  /** {@code file:///C:/a} and the wrong {@code file://C:/a} are the same file. */
  private static String withoutHost(String rest) {
    if (!rest.startsWith("//")) {
      return rest;
    }
    int path = rest.indexOf('/', 2);
    String host = path < 0 ? rest.substring(2) : rest.substring(2, path);
    if (DRIVE.matcher(host).matches()) {
      return rest.substring(2);
    }
    return path < 0 ? "" : rest.substring(path);
  }

  /** Decoded before it is split, so that no encoding hides a separator. */
  private static List<String> segments(String path) {
    StringBuilder kept = new StringBuilder();
    decoded(path).chars().filter(c -> c >= ' ' && c != 0x7f).forEach(c -> kept.append((char) c));
    return List.of(kept.toString().split("[/\\\\]"));
  }

  /** Without empty segments and {@code .}; {@code ..} only at the front. */
  static List<String> plain(List<String> segments) {
    List<String> plain = new ArrayList<>();
    for (String segment : segments) {
      boolean up = segment.equals("..");
      if (up && !plain.isEmpty() && !plain.getLast().equals("..")) {
        plain.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        plain.add(segment);
      }
    }
    return plain;
  }

  private static String decoded(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (low >= 0) {
        decoded.write(high * 16 + low);
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(ISO_8859_1);
  }

  /** As a relative reference (RFC 3986), with no colon that could be taken for a scheme's. */
  static String encoded(List<String> segments) {
    StringBuilder uri = new StringBuilder();
    for (String segment : segments) {
      if (!uri.isEmpty()) {
        uri.append('/');
      }
      segment.chars().forEach(c -> encode((char) c, uri));
    }
    return uri.isEmpty() ? "." : uri.toString();
  }

  private static void encode(char c, StringBuilder uri) {
    boolean plain =
        (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || "-._~!$&'()*+,;=@".indexOf(c) >= 0;
    uri.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
  }

  /** The reference to a file by its plain path, which may have any character. */
  static String ofPath(String path) {
    return path.replace("%", "%25");
  }
}
