package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.domain.ledger.ScanWriter;
import dev.mystical.scanner.http.BodyTerms;
import dev.mystical.scanner.http.Route;
import java.util.List;

/** The calls that the containers of runs make. */
public final class RunRoutes {
  private static final String RUN = "/v1/runs/{runId}";

  private RunRoutes() {}

  public static List<Route> of(RunParts parts) {
    ScanWriter scans = new ScanWriter(parts.ledger());
    return List.of(
        new Route("POST", RUN + "/start", new Guarded(parts, new StartCall(scans)), BodyTerms.JSON),
        new Route(
            "POST",
            RUN + "/progress",
            new Guarded(parts, new ProgressCall(parts.progress())),
            BodyTerms.JSON),
        new Route(
            "PUT",
            RUN + "/report",
            new Guarded(parts, new ReportCall(scans, parts)),
            BodyTerms.REPORT),
        new Route(
            "POST",
            RUN + "/complete",
            new Guarded(parts, new CompleteCall(scans)),
            BodyTerms.JSON));
  }
}
