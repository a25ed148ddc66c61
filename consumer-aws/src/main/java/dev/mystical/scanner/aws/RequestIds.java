package dev.mystical.scanner.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;

/** The id under which AWS's support finds a call. */
final class RequestIds {
  // What the SDK says where an answer had none.
  private static final String NONE = "UNKNOWN";

  private RequestIds() {}

  static Optional<String> of(AwsResponse response) {
    @Nullable AwsResponseMetadata metadata = response.responseMetadata();
    return metadata == null ? Optional.empty() : of(metadata.requestId());
  }

  static Optional<String> of(@Nullable String id) {
    return id == null || id.isBlank() || id.equals(NONE) ? Optional.empty() : Optional.of(id);
  }
}
