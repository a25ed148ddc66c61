package dev.mystical.scanner.http;

import java.io.IOException;
import java.io.Serial;

/**
 * A request that cannot be taken, with the answer that says so. Nothing that follows on its
 * connection can be told from it, so the connection ends with the answer.
 */
final class Refusal extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /** With a detail for the client: what is wrong, and nothing that it sent. */
  Refusal(int status, String detail) {
    super(detail);
    this.status = status;
  }

  static Refusal malformed(String detail) {
    return new Refusal(400, detail);
  }

  static Refusal malformed(String detail, Exception cause) {
    Refusal refusal = malformed(detail);
    refusal.initCause(cause);
    return refusal;
  }

  static Refusal late(String detail) {
    return new Refusal(408, detail);
  }

  static Refusal tooLarge(long most) {
    return new Refusal(
        413, most == 0 ? "no body is taken here" : "the body may have %d bytes".formatted(most));
  }

  /** A stack trace would cost more than the request, and nobody reads it. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  Answer answer() {
    return Answer.problem(status, String.valueOf(getMessage()));
  }
}
