package dev.mystical.scanner.domain.scan;

import java.util.Optional;

/** What is looked at. */
public sealed interface Target {
  /** A git repository at a ref. */
  record Git(String url, Optional<String> ref, Optional<String> commit, Optional<String> subpath)
      implements Target {}

  /** An archive, known by its hash. */
  record Archive(String url, String sha256) implements Target {}

  /** A running application. */
  record Web(String url) implements Target {}

  /** A folder on this machine; local mode alone. */
  record Path(String path) implements Target {}
}
