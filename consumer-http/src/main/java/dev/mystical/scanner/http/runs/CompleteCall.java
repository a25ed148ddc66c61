package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.domain.ledger.ScanWriter;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunCallReader;
import java.io.IOException;

/** A container says its last word. */
record CompleteCall(ScanWriter scans) implements Guarded.Call {
  @Override
  public Answer handle(Request request, Admittance.Granted run)
      throws IOException, InterruptedException {
    return Bodies.read(request, RunCallReader::complete, last -> note(last, run));
  }

  private Answer note(RunCallReader.Completion last, Admittance.Granted run)
      throws InterruptedException {
    return run.write(
        scans,
        (scan, now) ->
            new ScanWriter.Step<>(
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
