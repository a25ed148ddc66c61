package dev.mystical.scanner.stand.ecs;

import java.util.List;

/** What stands for a container's image. */
public sealed interface ContainerWork {

  /** A real process. */
  record Command(List<String> line) implements ContainerWork {
    public Command {
      line = List.copyOf(line);
      if (line.isEmpty()) {
        throw new IllegalArgumentException("line is empty");
      }
    }
  }

  /** No process: it happens as written. */
  record Scripted(Fate fate) implements ContainerWork {}
}
