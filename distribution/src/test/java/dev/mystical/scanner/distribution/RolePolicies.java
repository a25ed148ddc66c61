package dev.mystical.scanner.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What the policies of foundation.yaml allow. */
final class RolePolicies {
  private static final JsonNode FOUNDATION =
      ProjectFiles.document("config/cloudformation/foundation.yaml").get("Resources");

  private RolePolicies() {}

  /** All that is made by the template. */
  static JsonNode resources() {
    return FOUNDATION;
  }

  static JsonNode statements(String policy) {
    return FOUNDATION.at("/" + policy + "/Properties/PolicyDocument/Statement");
  }

  /** The actions that these policies allow together, such as {@code sqs:SendMessage}. */
  static Set<String> allowed(String... policies) {
    Set<String> allowed = new TreeSet<>();
    for (String policy : policies) {
      allowed.addAll(actions(statements(policy)));
    }
    return allowed;
  }

  static Set<String> actions(JsonNode statements) {
    Set<String> actions = new TreeSet<>();
    statements.forEach(statement -> actions.addAll(ProjectFiles.texts(statement.get("Action"))));
    return actions;
  }

  /** The action that a call needs; IAM knows no batches. */
  static String right(String service, String operation) {
    String name = operation.replaceFirst("Batch$", "");
    return service.toLowerCase(Locale.ROOT)
        + ":"
        + name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1);
  }
}
