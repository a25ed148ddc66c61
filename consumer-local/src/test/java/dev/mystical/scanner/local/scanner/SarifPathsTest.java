package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SarifPathsTest {

  private static final Path TARGET = Path.of("/projects/my shop");

  @Test
  void wholeAddressBecomesRelative() throws JsonProcessingException {
    assertThat(shortened("file:///projects/my%20shop/src/A.java", "")).isEqualTo("src/A.java");
  }

  @Test
  void baseIsResolved() throws JsonProcessingException {
    assertThat(shortened("shop/A.java", "file:/projects/my%20shop/src/main/java/"))
        .isEqualTo("src/main/java/shop/A.java");
  }

  @Test
  void whatLiesElsewhereOrCannotBeReadStaysAsItIs() throws JsonProcessingException {
    assertThat(shortened("file:///other/A.java", "")).isEqualTo("file:///other/A.java");
    assertThat(shortened("https://example.com/A.java", "")).isEqualTo("https://example.com/A.java");
    assertThat(shortened("src/A.java", "")).isEqualTo("src/A.java");
    assertThat(shortened("not a uri", "")).isEqualTo("not a uri");
  }

  private static String shortened(String uri, String base) throws JsonProcessingException {
    String bases = base.isEmpty() ? "{}" : "{\"ROOT\": {\"uri\": \"" + base + "\"}}";
    JsonNode report =
        SarifCheck.JSON.readTree(
            """
            {"runs": [{"originalUriBaseIds": %s, "results": [{"locations": [{"physicalLocation":
              {"artifactLocation": {"uri": "%s", "uriBaseId": "ROOT"}}}]}]}]}
            """
                .formatted(bases, uri));

    SarifPaths.relativeTo(TARGET, report);

    assertThat(report.path("runs").path(0).has("originalUriBaseIds")).isFalse();
    return report.findValue("artifactLocation").path("uri").asText();
  }
}
