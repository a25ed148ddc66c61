package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunCallReader;
import java.io.IOException;

/** A container says its last word. */
record CompleteCall(ScanChange change) implements Guarded.Call {
  @Override
  public Answer handle(Request request, Admittance.Granted run)
      throws IOException, InterruptedException {
    return Bodies.read(request, RunCallReader::complete, last -> note(last, run));
  }

  private Answer note(RunCallReader.Completion last, Admittance.Granted run)
      throws InterruptedException {
    return change.apply(
        run.scan(),
        run.now(),
        (scan, now) ->
            new ScanChange.Step<>(
                RunCalls.complete(
                    scan,
                    run.provider(),
                    run.attempt(),
                    new Handover.Completion(
                        last.exitCode(), last.tool(), last.toolVersion(), last.error(), now),
                    now),
                Answer.empty(204)));
  }
}
