package dev.mystical.scanner.app.health;

import dev.mystical.scanner.http.HealthView;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the listener tells of this process. */
public final class ServerHealth implements HealthView {
  private final Supplier<List<dev.mystical.scanner.app.loop.Loop>> loops;
  private final HealthBoard board;
  private final BooleanSupplier draining;

  public ServerHealth(
      Supplier<List<dev.mystical.scanner.app.loop.Loop>> loops,
      HealthBoard board,
      BooleanSupplier draining) {
    this.loops = loops;
    this.board = board;
    this.draining = draining;
  }

  @Override
  public List<HealthView.Loop> loops() {
    return loops.get().stream()
        .map(loop -> new HealthView.Loop(loop.name(), loop.turning(), loop.lastTurn()))
        .toList();
  }

  @Override
  public List<Dependency> dependencies() {
    return board.conditions().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(entry ->
            new Dependency(
                entry.getKey().name().toLowerCase(Locale.ROOT),
                entry.getValue().well() ? Status.UP : Status.DOWN,
                entry.getValue().since(),
                entry.getValue().detail()))
        .toList();
  }

  @Override
  public boolean draining() {
    return draining.getAsBoolean();
  }
}
