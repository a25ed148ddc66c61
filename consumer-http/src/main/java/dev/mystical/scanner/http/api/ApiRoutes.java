package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.BodyTerms;
import dev.mystical.scanner.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls that clients make. */
public final class ApiRoutes {
  private static final String SCANS = "/v1/scans";
  private static final String SCAN = SCANS + "/{id}";

  private ApiRoutes() {}

  /**
   * All of them.
   *
   * @param tenants whose scans there may be
   */
  public static List<Route> of(ApiParts parts, Set<Tenant> tenants) {
    Guard guard = new Guard(parts.access());
    ApiParts.Records records = parts.records();
    ScanFinder finder = new ScanFinder(records.ledger(), tenants);
    ScanCalls scans = new ScanCalls(records, finder);
    ErrorCalls errors = new ErrorCalls(records.errors());
    ReportCalls reports = new ReportCalls(records.reports(), finder);
    SubmitCall submit = new SubmitCall(parts.intake(), records.ledger(), parts.access().clock());
    List<Route> routes = new ArrayList<>();
    routes.add(new Route("POST", SCANS, guard.guarding(submit), BodyTerms.JSON));
    routes.add(Route.of("GET", SCANS, guard.guarding(scans::list)));
    routes.add(Route.of("GET", SCAN, guard.guarding(scans::get)));
    routes.add(Route.of("GET", SCAN + "/report", guard.guarding(reports::get)));
    routes.add(Route.of("POST", SCAN + "/cancel", guard.guarding(scans::cancel)));
    routes.add(Route.of("POST", SCAN + "/retry", guard.guarding(scans::retry)));
    routes.add(Route.of("POST", SCAN + "/redeliver", guard.guarding(scans::redeliver)));
    LiveCalls live = new LiveCalls(parts.live(), finder, records.ledger());
    routes.add(Route.of("GET", SCAN + "/events", guard.guarding(live::scan)));
    routes.add(Route.of("GET", "/v1/events", guard.guarding(live::all)));
    routes.add(Route.of("GET", "/v1/errors/stream", guard.guarding(live::errors)));
    routes.add(Route.of("GET", "/v1/errors", guard.guarding(errors::list)));
    routes.add(
        Route.of(
            "GET",
            "/v1/providers",
            guard.guarding((request, caller) -> {
              Parameters.of(request).check();
              return Answer.json(
                  200,
                  Documents.page(
                      parts.offers().get().stream().map(Documents::offer).toList(),
                      Optional.empty()));
            })));
    routes.add(Route.of("GET", "/openapi.yaml", OpenApiDocument.load()));
    return List.copyOf(routes);
  }
}
