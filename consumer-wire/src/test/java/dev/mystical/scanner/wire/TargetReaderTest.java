package dev.mystical.scanner.wire;

import static dev.mystical.scanner.wire.SampleRequests.accepted;
import static dev.mystical.scanner.wire.SampleRequests.problems;
import static dev.mystical.scanner.wire.SampleRequests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/a.git",
        "https://git.example.com:8443/a/b",
        "HTTPS://h/a",
        "ssh://git@h/a.git",
        "ssh://h:22/a",
        "git@github.com:acme/payments.git",
        "git@h:~/a"
      })
  void gitTakesHttpsAndSsh(String url) {
    assertThat(accepted(with("\"target\": {\"type\": \"git\", \"url\": \"%s\"}".formatted(url))))
        .extracting(ScanRequest::target)
        .isEqualTo(new Target.Git(url, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a",
        "file:///etc",
        "ext::sh -c x",
        "https://user@h/a",
        "https:///a",
        "https:h",
        "https://h:99999/a",
        "https://h/ü",
        "https://my_host/a",
        "ssh://git:pw@h/a",
        "ssh://-oProxyCommand=x@h/a",
        "ssh://-oProxyCommand=x/a",
        "git@-h:a",
        "git@h:-a",
        "git@h",
        "root@h:a",
        "--upload-pack=x",
        "https://h/a b",
        ""
      })
  void gitTakesNothingElse(String url) {
    assertThat(problems(with("\"target\": {\"type\": \"git\", \"url\": \"%s\"}".formatted(url))))
        .extracting(Problem::pointer)
        .containsExactly("/target/url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "..", "a/../b", "a/..", "a\\\\b", " ", ""})
  void subpathsStayBelow(String subpath) {
    assertThat(
            problems(
                with(
                    "\"target\": {\"type\": \"git\", \"url\": \"https://h/a\", \"subpath\": \"%s\"}"
                        .formatted(subpath))))
        .extracting(Problem::pointer)
        .containsExactly("/target/subpath");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "a..b", "a b", "a@{1}", "/a", "a\\n", "\\u00e9", ""})
  void refsAreNeitherOptionsNorExpressions(String ref) {
    assertThat(
            problems(
                with(
                    "\"target\": {\"type\": \"git\", \"url\": \"https://h/a\", \"ref\": \"%s\"}"
                        .formatted(ref))))
        .extracting(Problem::pointer)
        .containsExactly("/target/ref");
  }

  @Test
  void localModeTakesPaths() {
    Decoded decoded =
        SampleRequests.decoder(Sender.QUEUE, PathTargets.ALLOWED)
            .decode(with("\"target\": {\"type\": \"path\", \"path\": \"/src/demo\"}"));

    assertThat(((Decoded.Request) decoded).request().target())
        .isEqualTo(new Target.Path("/src/demo"));
  }

  @Test
  void aTypeThatIsNoneIsToldWhichThereAreHere() {
    String document =
        """
        {"project": {"key": "payments"}, "providers": ["sonar"], "target": {"type": "gti"}}
        """;

    assertThat(SampleRequests.decoder(Sender.QUEUE, PathTargets.ALLOWED).decode(document))
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            it -> assertThat(it.text()).contains("must be git, archive, web or path"));
  }
}
