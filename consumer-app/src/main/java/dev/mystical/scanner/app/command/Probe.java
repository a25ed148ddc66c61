package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.check.Finding;
import java.util.List;

/**
 * Looks at one thing outside.
 *
 * @param name what it looks at, in a word or two
 */
public record Probe(String name, Look look) {
  /** The look itself; every trouble is a finding. */
  @FunctionalInterface
  public interface Look {
    List<Finding> run() throws InterruptedException;
  }
}
