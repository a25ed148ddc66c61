package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.domain.collect.StartDecision;
import dev.mystical.scanner.domain.ledger.ScanWriter;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunAnswers;
import dev.mystical.scanner.wire.RunCallReader;
import java.io.IOException;
import java.time.Instant;

/** A container begins, or must leave. */
record StartCall(ScanWriter scans) implements Guarded.Call {
  @Override
  public Answer handle(Request request, Admittance.Granted run)
      throws IOException, InterruptedException {
    return Bodies.read(request, RunCallReader::start, start -> begin(start, run));
  }

  private Answer begin(RunCallReader.Start start, Admittance.Granted run)
      throws InterruptedException {
    if (start.attempt() != run.attempt()) {
      return Answer.problem(409, "the token is that of attempt " + run.attempt());
    }
    return run.write(
        scans,
        (scan, now) ->
            switch (RunCalls.start(scan, run.provider(), run.attempt(), start.task(), now)) {
              case StartDecision.LetIn(Scan after, Instant deadline) ->
                  ScanWriter.Step.write(after, letIn(after, deadline));
              case StartDecision.Repeat(Instant deadline) ->
                  ScanWriter.Step.leave(letIn(scan, deadline));
              case StartDecision.Leave(String why) ->
                  ScanWriter.Step.leave(Answer.problem(409, why));
            });
  }

  private static Answer letIn(Scan scan, Instant deadline) {
    return Answer.json(200, RunAnswers.letIn(scan.key().tenant(), deadline));
  }
}
