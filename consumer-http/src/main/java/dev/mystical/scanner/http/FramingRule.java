package dev.mystical.scanner.http;

import dev.mystical.scanner.http.RequestHead.Framing;
import dev.mystical.scanner.http.RequestHead.Version;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the end of a request's body is known (RFC 9112, section 6). Whatever a proxy before us may
 * have understood otherwise is refused, even where the RFC would let us mend it.
 */
final class FramingRule {
  // No longer than fits a long.
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private FramingRule() {}

  static Framing of(Headers headers, Version version) throws Refusal {
    List<String> lengths = headers.all("Content-Length");
    List<String> codings = headers.all("Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw Refusal.malformed("both Content-Length and Transfer-Encoding");
      }
      if (version == Version.HTTP_1_0) {
        throw Refusal.malformed("HTTP/1.0 has no Transfer-Encoding");
      }
      if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw Refusal.malformed("the only transfer coding is chunked");
      }
      return new Framing.Chunks();
    }
    if (lengths.isEmpty()) {
      return new Framing.Length(0);
    }
    if (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
      throw Refusal.malformed("there must be one Content-Length, and it must be a number");
    }
    return new Framing.Length(Long.parseLong(lengths.getFirst()));
  }
}
