package dev.mystical.scanner.wire;

import static dev.mystical.scanner.wire.SampleRequests.accepted;
import static dev.mystical.scanner.wire.SampleRequests.problems;
import static dev.mystical.scanner.wire.SampleRequests.with;
import static dev.mystical.scanner.wire.SampleScans.MYSTICAL;
import static dev.mystical.scanner.wire.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestDecoderTest {

  @Test
  void readsEveryField() {
    Decoded decoded =
        SampleRequests.decode(
            """
            { "schema": "scan.request.v1",
              "scanId": "s-1", "tenant": "acme",
              "project": { "key": "payments", "name": "Payments €" },
              "target":  { "type": "git", "url": "https://git.example.com/acme/payments.git",
                           "ref": "release/1.0", "commit": "0a1B2c3", "subpath": "services/core" },
              "providers": [ "sonar",
                { "id": "mystical", "options": { "SEVERITY": "high" }, "required": false } ],
              "policy":  { "failOn": "medium" },
              "timeoutSeconds": 1800,
              "callback": { "url": "https://ci.example.com/hooks/scans?x=1" },
              "tags": { "team": "core", "empty": "" } }
            """);

    ScanRequest request =
        new ScanRequest(
            new Project("payments", Optional.of("Payments €")),
            new Target.Git(
                "https://git.example.com/acme/payments.git",
                Optional.of("release/1.0"),
                Optional.of("0a1b2c3"),
                Optional.of("services/core")),
            List.of(
                RequestedProvider.of(SONAR),
                new RequestedProvider(MYSTICAL, new TreeMap<>(Map.of("SEVERITY", "high")), false)),
            FailOn.MEDIUM,
            Optional.of(Duration.ofMinutes(30)),
            Optional.of("https://ci.example.com/hooks/scans?x=1"),
            new TreeMap<>(Map.of("team", "core", "empty", "")));
    assertThat(decoded)
        .isEqualTo(
            new Decoded.Request(
                request,
                RequestDocument.digest(request),
                Optional.of(new ScanId("s-1")),
                Optional.of(new Tenant("acme"))));
  }

  @Test
  void fillsInWhatIsLeftOut() {
    assertThat(accepted(with("\"tags\": {}")))
        .isEqualTo(
            new ScanRequest(
                new Project("payments", Optional.empty()),
                new Target.Web("https://app.example.com"),
                List.of(RequestedProvider.of(SONAR)),
                FailOn.HIGH,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "schema": "scan.request.v2"         | /schema         | must be scan.request.v1
          "schema": 1                         | /schema         | must be a string, but is a number
          "scanId": "a b"                     | /scanId         | must be a text that fits ^[A-Za-z0-9_-]{1,64}$
          "scanId": ""                        | /scanId         | must be a text that fits ^[A-Za-z0-9_-]{1,64}$
          "scanId": null                      | /scanId         | must be a string, but is null
          "tenant": "Acme"                    | /tenant         | must be a text that fits ^[a-z0-9][a-z0-9-]{0,31}$
          "project": "payments"               | /project        | must be an object, but is a string
          "project": {}                       | /project/key    | is missing
          "project": {"key": "-p"}            | /project/key    | must be a text that fits ^[a-z0-9][a-z0-9._-]{0,127}$
          "project": {"key": 7}               | /project/key    | must be a string, but is a number
          "project": {"key": "p", "name": " "} | /project/name  | must be a text that is not blank
          "project": {"key": "p", "name": "a\\tb"} | /project/name | has control characters or broken surrogates
          "project": {"key": "p", "name": "\\ud800"} | /project/name | has control characters or broken surrogates
          "project": {"key": "p", "id": 1}    | /project/id     | is unknown here; known are key, name
          "target": []                        | /target         | must be an object, but is an array
          "target": {}                        | /target/type    | is missing
          "target": {"type": "svn"}           | /target/type    | must be git, archive or web
          "target": {"type": "git"}           | /target/url     | is missing
          "target": {"type": "web", "url": "https://h", "ref": "x"} | /target/ref | is unknown here; known are type, url
          "target": {"type": "path", "path": "/src"} | /target/type | must be git, archive or web; path is for local mode alone
          "target": {"type": "archive", "url": "https://h/a.zip"} | /target/sha256 | is missing
          "target": {"type": "archive", "url": "https://h/a.zip", "sha256": "abc"} | /target/sha256 | must be 64 hexadecimal digits
          "providers": "sonar"                | /providers      | must be an array, but is a string
          "providers": []                     | /providers      | must have 1 to 10 items, but has 0
          "providers": [7]                    | /providers/0    | must be a string or an object, but is a number
          "providers": ["Sonar"]              | /providers/0    | must be a name that fits ^[a-z][a-z0-9-]{0,31}$
          "providers": ["sonar", "sonar"]     | /providers/1    | names sonar a second time
          "providers": ["sonar", {"id": "sonar"}] | /providers/1/id | names sonar a second time
          "providers": [{}]                   | /providers/0/id | is missing
          "providers": [{"id": "sonar", "required": "no"}] | /providers/0/required | must be true or false, but is a string
          "providers": [{"id": "sonar", "image": "x"}] | /providers/0/image | is unknown here; known are id, options, required
          "providers": [{"id": "sonar", "options": []}] | /providers/0/options | must be an object, but is an array
          "providers": [{"id": "sonar", "options": {"path": "x"}}] | /providers/0/options/path | as a name must be one that fits ^[A-Z][A-Z0-9_]{0,63}$
          "providers": [{"id": "sonar", "options": {"A": true}}] | /providers/0/options/A | must be a string, but is true or false
          "policy": "high"                    | /policy         | must be an object, but is a string
          "policy": {"failOn": "HIGH"}        | /policy/failOn  | must be one of critical, high, medium, low, none
          "policy": {"fail": "high"}          | /policy/fail    | is unknown here; known are failOn
          "timeoutSeconds": 59                | /timeoutSeconds | must be from 60 to 43200
          "timeoutSeconds": 43201             | /timeoutSeconds | must be from 60 to 43200
          "timeoutSeconds": -1800             | /timeoutSeconds | must be from 60 to 43200
          "timeoutSeconds": "1800"            | /timeoutSeconds | must be a whole number, but is a string
          "timeoutSeconds": 1800.5            | /timeoutSeconds | must be a whole number, but is a number
          "timeoutSeconds": 1e9999999999999   | /timeoutSeconds | must be a whole number, but is a number
          "timeoutSeconds": 1234567890123456789 | /timeoutSeconds | is a number of more than 18 digits
          "callback": "https://h"             | /callback       | must be an object, but is a string
          "callback": {}                      | /callback/url   | is missing
          "callback": {"url": "ftp://h/x"}    | /callback/url   | must be an http or https URL without user info
          "callback": {"url": "https://h", "x": 1} | /callback/x | is unknown here; known are url
          "tags": ["a"]                       | /tags           | must be an object, but is an array
          "tags": {"": "x"}                   | /tags/          | as a name must be a text that is not blank
          "tags": {"a/b~c": 1}                | /tags/a~1b~0c   | must be a string, but is a number
          "extra": {"deep": [1]}              | /extra          | is unknown here; known are schema, scanId, tenant, project, target, providers, policy, timeoutSeconds, callback, tags
          "scanId": "a", "scanId": "b"        | /scanId         | appears more than once
          """)
  void oneThingWrongIsOneProblem(String field, String pointer, String detail) {
    assertThat(problems(with(field))).containsExactly(Problem.at(pointer, detail));
  }

  @Test
  void whatIsRequiredIsMissed() {
    assertThat(problems("{}"))
        .containsExactly(
            Problem.at("/project", "is missing"),
            Problem.at("/target", "is missing"),
            Problem.at("/providers", "is missing"));
  }

  @Test
  void everyProblemIsListed() {
    assertThat(
            problems(
                """
                { "scanId": "s 1", "schema": "v0",
                  "project": { "key": "P", "name": "a\\u0000b", "owner": { "x": 1, "x": 2 } },
                  "target": { "type": "git", "url": "https://u:p@h/x", "ref": "a..b",
                              "commit": "xyz", "subpath": "../x", "depth": 1 },
                  "providers": [ "sonar", "nobody", { "id": "sonar", "required": 1,
                                 "options": { "lower": 5 } }, null ],
                  "policy": { "failOn": null },
                  "timeoutSeconds": 5,
                  "callback": { "url": "/relative" },
                  "tags": { "t": 1 },
                  "unknown": 12345678901234567890 } tail
                """))
        .containsExactly(
            Problem.at("/project/name", "has control characters or broken surrogates"),
            Problem.at("/project/owner/x", "appears more than once"),
            Problem.at("/unknown", "is a number of more than 18 digits"),
            Problem.at("", "has more text after its end"),
            Problem.at("/schema", "must be scan.request.v1"),
            Problem.at("/scanId", "must be a text that fits ^[A-Za-z0-9_-]{1,64}$"),
            Problem.at("/project/owner", "is unknown here; known are key, name"),
            Problem.at("/project/key", "must be a text that fits ^[a-z0-9][a-z0-9._-]{0,127}$"),
            Problem.at(
                "/target/depth", "is unknown here; known are type, url, ref, commit, subpath"),
            Problem.at(
                "/target/url",
                "must be an https URL without user info, an ssh URL without password, or"
                    + " git@host:path"),
            Problem.at(
                "/target/ref",
                "must be a name of letters, digits and _ . / - that begins with a letter, a digit"
                    + " or _ and has no .."),
            Problem.at("/target/commit", "must be 7 to 64 hexadecimal digits"),
            Problem.at("/target/subpath", "must be a relative path with / and without .."),
            new Problem(
                "/providers/1",
                "names the provider nobody, which is not known here; known are: mystical, sonar",
                ErrorCode.PROVIDER_UNKNOWN),
            Problem.at("/providers/2/id", "names sonar a second time"),
            Problem.at(
                "/providers/2/options/lower",
                "as a name must be one that fits ^[A-Z][A-Z0-9_]{0,63}$"),
            Problem.at("/providers/2/required", "must be true or false, but is a number"),
            Problem.at("/providers/3", "must be a string or an object, but is null"),
            Problem.at("/policy/failOn", "must be a string, but is null"),
            Problem.at("/timeoutSeconds", "must be from 60 to 43200"),
            Problem.at("/callback/url", "must be an http or https URL without user info"),
            Problem.at("/tags/t", "must be a string, but is a number"));
  }

  @Test
  void unknownProvidersHaveTheirOwnCode() {
    assertThat(problems(with("\"providers\": [\"sonar\", {\"id\": \"zap\"}]")))
        .containsExactly(
            new Problem(
                "/providers/1/id",
                "names the provider zap, which is not known here; known are: mystical, sonar",
                ErrorCode.PROVIDER_UNKNOWN));
  }

  @Test
  void refusedDocumentsKeepTheirNames() {
    Decoded decoded =
        SampleRequests.decode("{\"scanId\": \"s-1\", \"tenant\": \"acme\", \"project\": 1}");

    assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
    assertThat(decoded.scanId()).contains(new ScanId("s-1"));
    assertThat(decoded.tenant()).contains(new Tenant("acme"));
  }

  @Test
  void brokenDocumentsKeepTheNamesThatCameBefore() {
    Decoded decoded = SampleRequests.decode("{\"scanId\": \"s-1\", \"tenant\": \"acm");

    assertThat(decoded.scanId()).contains(new ScanId("s-1"));
    assertThat(decoded.tenant()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"scanId\": \"a b\"}",
        "{\"scanId\": 1}",
        "{\"scanId\": \"a\", \"scanId\": \"b\"}",
        "[{\"scanId\": \"a\"}]"
      })
  void badOrDoubtfulNamesAreNotKept(String document) {
    assertThat(SampleRequests.decode(document).scanId()).isEmpty();
  }

  @Test
  void clientsNameNeitherScanNorTenant() {
    Decoded decoded =
        SampleRequests.decoder(Sender.CLIENT, PathTargets.REFUSED)
            .decode(with("\"scanId\": \"s\", \"tenant\": \"acme\""));

    assertThat(decoded)
        .isEqualTo(
            new Decoded.Invalid(
                List.of(
                    Problem.at("/scanId", "must not be given: the server sets it"),
                    Problem.at("/tenant", "must not be given: the server sets it")),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void clientsGetAllProvidersWhenTheyNameNone() {
    Decoded decoded =
        SampleRequests.decoder(Sender.CLIENT, PathTargets.REFUSED)
            .decode(
                "{\"project\":{\"key\":\"p\"},\"target\":{\"type\":\"web\",\"url\":\"http://h\"}}");

    assertThat(((Decoded.Request) decoded).request().providers())
        .containsExactly(RequestedProvider.of(MYSTICAL), RequestedProvider.of(SONAR));
  }
}
