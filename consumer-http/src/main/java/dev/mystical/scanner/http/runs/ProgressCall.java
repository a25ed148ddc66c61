package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.RunCalls;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunAnswers;
import dev.mystical.scanner.wire.RunCallReader;
import java.io.IOException;

/** A container says how far it is, and is told whether to go on. */
record ProgressCall(ProgressBoard board) implements Guarded.Call {
  @Override
  public Answer handle(Request request, Admittance.Granted run)
      throws IOException, InterruptedException {
    return Bodies.read(request, RunCallReader::progress, step -> note(step, run));
  }

  private Answer note(RunCallReader.Step step, Admittance.Granted run) throws InterruptedException {
    boolean cancel = RunCalls.cancels(run.scan().scan(), run.provider(), run.attempt());
    if (!cancel) {
      board.note(
          run.scan().scan().key(),
          run.provider(),
          new Progress(step.phase(), step.percent(), step.message(), run.now()));
    }
    return Answer.json(200, RunAnswers.progress(cancel));
  }
}
