package dev.mystical.scanner.local.scanner;

import java.util.List;

/**
 * A scanner of the local mode.
 *
 * @param id the provider's id in requests
 * @param taskDefinition the family that stands for it in the local ECS
 * @param container the name of its scanning container
 * @param readiness whether it can run on this machine
 */
public record LocalProvider(
    String id, String taskDefinition, String container, Readiness readiness) {

  /** Whether a scanner can run on this machine. */
  public sealed interface Readiness {

    /**
     * It can.
     *
     * @param command what its container runs
     * @param variables names of this process's variables that its container needs; their values may
     *     be secrets and are not kept here
     */
    record Ready(List<String> command, List<String> variables) implements Readiness {
      /** Copies the lists. */
      public Ready {
        command = List.copyOf(command);
        variables = List.copyOf(variables);
      }
    }

    /** It cannot; the sentence says what is missing and what would help. */
    record Missing(String sentence) implements Readiness {}
  }

  /** True where it can run. */
  public boolean isReady() {
    return readiness instanceof Readiness.Ready;
  }
}
