package dev.mystical.scanner.local.scanner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A scanner of the local mode.
 *
 * @param id the provider's id in requests
 * @param readiness whether it can run on this machine
 */
public record LocalProvider(String id, Readiness readiness) {

  /** Whether a scanner can run on this machine. */
  public sealed interface Readiness {

    /**
     * It can.
     *
     * @param entry the program that the agent runs
     * @param definition variables that its task definition brings
     * @param secrets names of this process's variables that its container needs; their values are
     *     not kept here
     */
    record Ready(Path entry, SortedMap<String, String> definition, List<String> secrets)
        implements Readiness {
      /** Copies what it is given. */
      public Ready {
        definition = new TreeMap<>(definition);
        secrets = List.copyOf(secrets);
      }

      /** One without secrets. */
      public Ready(Path entry, Map<String, String> definition) {
        this(entry, new TreeMap<>(definition), List.of());
      }

      @Override
      public SortedMap<String, String> definition() {
        return new TreeMap<>(definition);
      }
    }

    /** It cannot; the sentence says what is missing and what would help. */
    record Missing(String sentence) implements Readiness {}
  }

  /** The family that stands for it in the local ECS. */
  public String taskDefinition() {
    return "local-" + id;
  }

  /** The name of its scanning container. */
  public String container() {
    return id;
  }

  /** True where it can run. */
  public boolean isReady() {
    return readiness instanceof Readiness.Ready;
  }
}
