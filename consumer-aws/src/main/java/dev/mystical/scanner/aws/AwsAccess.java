package dev.mystical.scanner.aws;

import java.util.Optional;

/** Where credentials come from. */
public sealed interface AwsAccess {
  /** The AWS tools' own order: environment, profile, container, instance. */
  record DefaultChain() implements AwsAccess {}

  /** Given ones. */
  record Keys(String accessKey, String secretKey, Optional<String> sessionToken)
      implements AwsAccess {
    public Keys {
      if (accessKey.isBlank() || secretKey.isBlank()) {
        throw new IllegalArgumentException("an access key needs both of its halves");
      }
    }

    /** Secrets are never shown, and the key's name helps nobody but a thief. */
    @Override
    public String toString() {
      return "Keys[***]";
    }
  }
}
