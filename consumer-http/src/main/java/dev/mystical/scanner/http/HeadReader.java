package dev.mystical.scanner.http;

import dev.mystical.scanner.http.RequestHead.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the heads of requests, and refuses what two servers could understand in two ways (RFC 9112,
 * sections 3 and 5). Has no state.
 */
final class HeadReader {
  static final int LONGEST_URI = 2048;
  static final int LONGEST_LINE = 8 * 1024;
  static final int LONGEST_HEAD = 16 * 1024;
  static final int MOST_FIELDS = 100;

  private static final Pattern LINE =
      Pattern.compile("(?<method>[^ \\t]+) (?<target>[^ \\t]+) HTTP/(?<version>\\d\\.\\d)");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:\\[\\]-]+");
  private static final Pattern ORIGIN = Pattern.compile("/[\\x21-\\x7E&&[^#]]*");
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i:https?)://" + HOST.pattern() + "(/[\\x21-\\x7E&&[^#]]*)?");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private HeadReader() {}

  /** The next head; throws {@link Refusal} for one that cannot be taken. */
  static RequestHead read(StrictInput input) throws IOException {
    Matcher line = requestLine(input);
    Version version = version(line.group("version"));
    String method = line.group("method");
    if (!METHODS.contains(method)) {
      throw TOKEN.matcher(method).matches()
          ? new Refusal(501, "there is no such method")
          : Refusal.malformed("the method is no word");
    }
    String target = target(line.group("target"), method);
    Headers headers = headers(input, LONGEST_HEAD - line.end());
    checkHost(headers, version);
    return new RequestHead(method, target, version, headers, FramingRule.of(headers, version));
  }

  private static Matcher requestLine(StrictInput input) throws IOException {
    input.limitLines(LONGEST_LINE, 414, "the request line may have 8192 bytes");
    CharArrayBuffer buffer = line(input);
    if (buffer.isEmpty()) {
      // Some clients end a body with a line break that does not count (RFC 9112, section 2.2).
      buffer = line(input);
    }
    // HttpCore's own parser looks past white space that is too much, and falls over HTTP/-1.1.
    Matcher line = LINE.matcher(buffer.toString());
    if (!line.matches()) {
      throw Refusal.malformed("the request line is malformed");
    }
    return line;
  }

  private static Version version(String version) throws Refusal {
    return switch (version) {
      case "1.1" -> Version.HTTP_1_1;
      case "1.0" -> Version.HTTP_1_0;
      default -> throw new Refusal(505, "use HTTP/1.1");
    };
  }

  private static String target(String uri, String method) throws Refusal {
    if (uri.length() > LONGEST_URI) {
      throw new Refusal(414, "the URI may have %d characters".formatted(LONGEST_URI));
    }
    if (ORIGIN.matcher(uri).matches() || (uri.equals("*") && method.equals("OPTIONS"))) {
      return uri;
    }
    Matcher absolute = ABSOLUTE.matcher(uri);
    if (!absolute.matches()) {
      throw Refusal.malformed("the request target is malformed");
    }
    return absolute.group(1) == null ? "/" : absolute.group(1);
  }

  private static Headers headers(StrictInput input, int most) throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    int left = most;
    while (true) {
      input.limitLines(Math.max(0, left), 431, "the head may have 16384 bytes");
      CharArrayBuffer line = line(input);
      if (line.isEmpty()) {
        return new Headers(fields);
      }
      if (fields.size() == MOST_FIELDS) {
        throw new Refusal(431, "there may be %d header fields".formatted(MOST_FIELDS));
      }
      left -= line.length() + 2;
      fields.add(field(line));
    }
  }

  private static Headers.Field field(CharArrayBuffer line) throws Refusal {
    try {
      Header header = BasicLineParser.INSTANCE.parseHeader(line);
      if (!TOKEN.matcher(header.getName()).matches()) {
        throw Refusal.malformed("the name of a header field is no word");
      }
      return new Headers.Field(header.getName(), header.getValue());
    } catch (ParseException e) {
      throw Refusal.malformed("a header field is malformed", e);
    }
  }

  private static void checkHost(Headers headers, Version version) throws Refusal {
    List<String> hosts = headers.all("Host");
    // Old clients, and the probes of load balancers, know no host.
    if (hosts.isEmpty() && version == Version.HTTP_1_0) {
      return;
    }
    if (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches()) {
      throw Refusal.malformed("there must be one Host, and it must be one");
    }
  }

  private static CharArrayBuffer line(StrictInput input) throws IOException {
    CharArrayBuffer line = new CharArrayBuffer(128);
    input.readLine(line, InputStream.nullInputStream());
    return line;
  }
}
