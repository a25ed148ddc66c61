package dev.mystical.scanner.domain.supervise;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param tasks those that were launched for scans; a page may have none and yet not be the last
 * @param next the token of the page that follows; absent on the last
 */
public record TaskPage(List<ListedTask> tasks, Optional<String> next) {
  public TaskPage {
    tasks = List.copyOf(tasks);
  }
}
