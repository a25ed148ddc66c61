package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Handler;
import dev.mystical.scanner.http.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets nobody through to a call but the container of the run that it names. */
final class Guarded implements Handler {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\x21-\\x7e]{1,256})");
  private static final Pattern RUN =
      Pattern.compile("(%s)\\.(%s)".formatted(ScanId.PATTERN, ProviderId.PATTERN));
  private static final String SOON = "5";

  /** A call of a container that has proven which one it is. */
  interface Call {
    Answer handle(Request request, Admittance.Granted run) throws IOException, InterruptedException;
  }

  private final Optional<RunDoor> door;
  private final Call call;

  Guarded(RunParts parts, Call call) {
    this.door = parts.key().map(key -> door(key, parts));
    this.call = call;
  }

  private static RunDoor door(TokenKey key, RunParts parts) {
    return new RunDoor(key, parts.ledger(), parts.tenants());
  }

  @Override
  public Answer handle(Request request) throws IOException, InterruptedException {
    Matcher run = RUN.matcher(request.variable("runId"));
    Matcher token = BEARER.matcher(request.header("Authorization").orElse(""));
    if (door.isEmpty() || !run.matches() || !token.matches()) {
      return unproven();
    }
    RunId id = new RunId(new ScanId(run.group(1)), new ProviderId(run.group(2)));
    try {
      return switch (door.get().ask(id, token.group(1))) {
        case Admittance.Granted granted -> call.handle(request, granted);
        case Admittance.Unproven unproven -> unproven();
        case Admittance.Foreign foreign -> Answer.problem(403, "the token is that of another run");
        case Admittance.Unknown unknown -> Answer.problem(409, "nobody waits for this run");
        case Admittance.Doubtful doubtful -> later("the scan may be about to be rebuilt");
      };
    } catch (LedgerUnavailable | ReportsUnavailable away) {
      return later("the state of scans, or reports, cannot be reached");
    }
  }

  private static Answer unproven() {
    return Answer.problem(401, "a run's own token is needed, and one that is still good")
        .with("WWW-Authenticate", "Bearer");
  }

  static Answer later(String why) {
    return Answer.problem(503, why + "; try again").with("Retry-After", SOON);
  }
}
