package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A launch policy for tests: two providers, the contract's limits. */
final class SamplePolicy {
  static final Placement SPOT = new Placement.CapacityProvider("FARGATE_SPOT");
  static final Placement ON_DEMAND = new Placement.CapacityProvider("FARGATE");
  static final LaunchLimits LIMITS =
      new LaunchLimits(
          Duration.ofHours(6), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofMinutes(10));
  static final Map<ProviderId, Provider> PROVIDERS =
      Map.of(
          SONAR, new Provider(SONAR, "sonar:1", "scanner"),
          MYSTICAL, new Provider(MYSTICAL, "mystical:1", "scanner"));

  private SamplePolicy() {}

  static LaunchPolicy of(Placement... placements) {
    return with(PROVIDERS, "https://scans.example", placements);
  }

  static LaunchPolicy with(
      Map<ProviderId, Provider> providers, String apiUrl, Placement... placements) {
    TaskRequests requests =
        new TaskRequests(
            Optional.of(new TokenKey("0123456789abcdef0123456789abcdef")),
            scan -> scan.request().toString().getBytes(UTF_8));
    return new LaunchPolicy(
        providers,
        new Site("scans", List.of(placements), Network.NONE, Optional.of(apiUrl)),
        LIMITS,
        requests);
  }
}
