package dev.mystical.scanner.wire;

import static dev.mystical.scanner.wire.SampleRequests.accepted;
import static dev.mystical.scanner.wire.SampleRequests.problems;
import static dev.mystical.scanner.wire.SampleRequests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.intake.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "128, /project/name, '\"project\": {\"key\": \"p\", \"name\": \"%s\"}'",
    "64, /scanId, '\"scanId\": \"%s\"'",
    "32, /tenant, '\"tenant\": \"%s\"'",
    "128, /project/key, '\"project\": {\"key\": \"%s\"}'",
    "255, /target/ref, '\"target\": {\"type\": \"git\", \"url\": \"https://h\", \"ref\": \"%s\"}'",
    "64, /target/commit, '\"target\": {\"type\": \"git\", \"url\": \"https://h\", \"commit\": \"%s\"}'",
    "1024, /target/subpath, '\"target\": {\"type\": \"git\", \"url\": \"https://h\", \"subpath\": \"%s\"}'",
    "512, /providers/0/options/A, '\"providers\": [{\"id\": \"sonar\", \"options\": {\"A\": \"%s\"}}]'",
    "128, /tags/a, '\"tags\": {\"a\": \"%s\"}'"
  })
  void lengthsHaveTheirLimits(int longest, String pointer, String field) {
    accepted(with(field.formatted("a".repeat(longest))));

    assertThat(problems(with(field.formatted("a".repeat(longest + 1)))))
        .containsExactly(Problem.at(pointer, "must have at most %d characters".formatted(longest)));
  }

  @Test
  void urlsHaveTheirLimit() {
    String url = "https://h/" + "a".repeat(2_038);
    accepted(with("\"callback\": {\"url\": \"%s\"}".formatted(url)));

    assertThat(problems(with("\"callback\": {\"url\": \"%sa\"}".formatted(url))))
        .containsExactly(Problem.at("/callback/url", "must have at most 2048 characters"));
  }

  @Test
  void lengthsCountWhatPeopleSeeAsCharacters() {
    accepted(with("\"project\": {\"key\": \"p\", \"name\": \"%s\"}".formatted("😀".repeat(128))));
  }

  @Test
  void mapsHaveTheirLimits() {
    accepted(with("\"tags\": {%s}".formatted(entries(10))));
    assertThat(problems(with("\"tags\": {%s}".formatted(entries(11)))))
        .containsExactly(Problem.at("/tags", "must have at most 10 fields, but has 11"));

    String options = "\"providers\": [{\"id\": \"sonar\", \"options\": {%s}}]";
    accepted(with(options.formatted(entries(20))));
    assertThat(problems(with(options.formatted(entries(21)))))
        .containsExactly(
            Problem.at("/providers/0/options", "must have at most 20 fields, but has 21"));

    assertThat(problems(with("\"tags\": {\"%s\": \"\"}".formatted("k".repeat(65)))))
        .containsExactly(
            Problem.at("/tags/" + "k".repeat(65), "as a name must have at most 64 characters"));
  }

  @Test
  void elevenProvidersAreTooMany() {
    String names = "\"sonar\", ".repeat(10) + "\"sonar\"";
    assertThat(problems(with("\"providers\": [%s]".formatted(names))))
        .contains(Problem.at("/providers", "must have 1 to 10 items, but has 11"));
  }

  private static String entries(int count) {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < count; i++) {
      entries.append(i == 0 ? "" : ", ").append("\"K").append(i).append("\": \"v\"");
    }
    return entries.toString();
  }
}
