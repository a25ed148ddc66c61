package dev.mystical.scanner.stand.ecs;

/**
 * Says what runs in place of a container's image. Called once for each container that is launched,
 * under the stand's lock: it must not block.
 */
@FunctionalInterface
public interface ContainerCommands {

  ContainerWork workOf(ContainerSpec container);

  /** Every container does the same. */
  static ContainerCommands all(Fate fate) {
    return container -> new ContainerWork.Scripted(fate);
  }
}
