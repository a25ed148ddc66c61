package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
  private static final class Well implements HealthView {
    @Override
    public List<Loop> loops() {
      return List.of();
    }

    @Override
    public List<Dependency> dependencies() {
      return List.of();
    }

    @Override
    public boolean draining() {
      return false;
    }
  }

  /** Whoever asks how we are must be told even while no more requests are taken. */
  @Test
  void questionsAfterOurHealthAreVital() {
    assertThat(HealthRoutes.of(new Well(), List::of))
        .hasSize(3)
        .allSatisfy(route -> assertThat(route.rank()).isEqualTo(Route.Rank.VITAL));
  }
}
