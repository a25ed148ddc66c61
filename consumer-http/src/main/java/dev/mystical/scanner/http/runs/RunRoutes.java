package dev.mystical.scanner.http.runs;

import dev.mystical.scanner.http.BodyTerms;
import dev.mystical.scanner.http.Route;
import java.util.List;

/** The calls that the containers of runs make. */
public final class RunRoutes {
  private static final String RUN = "/v1/runs/{runId}";

  private RunRoutes() {}

  public static List<Route> of(RunParts parts) {
    ScanChange change = new ScanChange(parts.ledger());
    return List.of(
        new Route(
            "POST", RUN + "/start", new Guarded(parts, new StartCall(change)), BodyTerms.JSON),
        new Route(
            "POST",
            RUN + "/progress",
            new Guarded(parts, new ProgressCall(parts.progress())),
            BodyTerms.JSON),
        new Route(
            "PUT",
            RUN + "/report",
            new Guarded(parts, new ReportCall(change, parts)),
            BodyTerms.REPORT),
        new Route(
            "POST",
            RUN + "/complete",
            new Guarded(parts, new CompleteCall(change)),
            BodyTerms.JSON));
  }
}
