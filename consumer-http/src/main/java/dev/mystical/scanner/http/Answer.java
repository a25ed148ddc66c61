package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.intake.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a request. The listener adds {@code Date}, {@code X-Content-Type-Options}, what
 * frames the body, and {@code Cache-Control: no-store} where there is none.
 *
 * @param headers further ones, in their order; a name may be there several times
 */
public record Answer(int status, Content content, List<Headers.Field> headers) {
  private static final int LOWEST = 200;
  private static final int HIGHEST = 599;

  public Answer {
    if (status < LOWEST || status > HIGHEST) {
      throw new IllegalArgumentException("status " + status);
    }
    headers = List.copyOf(headers);
    headers.forEach(AnswerHeaders::check);
  }

  /** No body, such as 204 and 304 have. */
  public static Answer empty(int status) {
    return new Answer(status, new Content.Nothing(), List.of());
  }

  public static Answer of(int status, String mediaType, String body) {
    return of(status, mediaType, body.getBytes(UTF_8));
  }

  public static Answer of(int status, String mediaType, byte[] body) {
    return new Answer(status, new Content.Whole(mediaType, body), List.of());
  }

  public static Answer json(int status, String document) {
    return of(status, "application/json", document);
  }

  /** A body that is written while it is read, and that ends by itself. */
  public static Answer streamed(int status, String mediaType, BodyWriter writer) {
    return new Answer(status, new Content.Streamed(mediaType, writer), List.of());
  }

  /**
   * A body without an end, such as server-sent events are. Its writer is interrupted as soon as the
   * listener begins to close.
   */
  public static Answer live(String mediaType, BodyWriter writer) {
    return new Answer(LOWEST, new Content.Live(mediaType, writer), List.of());
  }

  /** What went wrong, as RFC 9457 wants it; the detail is for people. */
  public static Answer problem(int status, String detail) {
    return problem(status, detail, List.of());
  }

  /** What went wrong, with everything that is wrong with the request's document. */
  public static Answer problem(int status, String detail, List<Problem> errors) {
    return of(status, "application/problem+json", ProblemDocument.of(status, detail, errors));
  }

  /** With one header more; {@link IllegalArgumentException} for what no header may hold. */
  public Answer with(String name, String value) {
    List<Headers.Field> more = new ArrayList<>(headers);
    more.add(new Headers.Field(name, value));
    return new Answer(status, content, more);
  }
}
