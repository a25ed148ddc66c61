package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.intake.Problem;
import java.io.Serial;
import java.util.List;

/** A call that cannot be answered as it was meant, and why. */
final class BadCall extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String detail;
  private final transient List<Problem> errors;

  BadCall(int status, String detail, List<Problem> errors) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.errors = List.copyOf(errors);
  }

  BadCall(int status, String detail) {
    this(status, detail, List.of());
  }

  /** Because of what another method said. */
  BadCall(int status, String detail, Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.detail = detail;
    this.errors = List.of();
  }

  int status() {
    return status;
  }

  String detail() {
    return detail;
  }

  List<Problem> errors() {
    return errors;
  }

  /** A stack trace would cost more than the call, and nobody reads it. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
