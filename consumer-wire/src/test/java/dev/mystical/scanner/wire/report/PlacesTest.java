package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.wire.report.Reports.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths come out relative to the root of what was scanned, in one form. */
class PlacesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "src/A.java                         | src/A.java",
        "./src/A.java                       | src/A.java",
        "src//A.java                        | src/A.java",
        "src/x/../A.java                    | src/A.java",
        "src\\\\A.java                      | src/A.java",
        "file:///scan/src/A.java            | src/A.java",
        "file:/scan/src/A.java              | src/A.java",
        "file://localhost/scan/src/A.java   | src/A.java",
        "FILE:///scan/src/A.java            | src/A.java",
        "/scan/src/A.java                   | src/A.java",
        "/scan/../scan/src/A.java           | src/A.java",
        "/scan/src/../../scan/src/A.java    | src/A.java",
        "file:///scan                       | .",
        "file:///scan/                      | .",
        "file:///scanshop/A.java            | scanshop/A.java",
        "file:///elsewhere/A.java           | elsewhere/A.java",
        "file:///C:/scan/A.java             | C%3A/scan/A.java",
        "file://C:/scan/A.java              | C%3A/scan/A.java",
        "C:\\\\scan\\\\A.java               | C%3A/scan/A.java",
        "my file.java                       | my%20file.java",
        "my%20file.java                     | my%20file.java",
        "100%.java                          | 100%25.java",
        "100%25.java                        | 100%25.java",
        "a%2fb.java                         | a/b.java",
        "%2e/A.java                         | A.java",
        "größe.java                         | gr%C3%B6%C3%9Fe.java",
        "gr%c3%b6%c3%9fe.java               | gr%C3%B6%C3%9Fe.java",
        "%ff.java                           | %FF.java",
        "a#b?c.java                         | a%23b%3Fc.java",
        "javascript:alert(1)                | javascript%3Aalert(1)",
        "data:text/html,x                   | data%3Atext/html,x",
        "https://example.com/app?x=1        | https://example.com/app?x=1",
        "https://me:secret@example.com/app  | https://example.com/app",
        "HTTPS://example.com/               | https://example.com/",
      })
  void pathsHaveOneForm(String uri, String place) {
    Result read = read(run("'results':[%s]".formatted(at("'uri':'%s'".formatted(uri)))));

    assertThat(place(read)).isEqualTo(place);
    requireOurs(read);
  }

  /** No path leads out of what was scanned, in whatever way it is written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../A.java",
        "src/../../A.java",
        "..",
        "%2e%2e/A.java",
        "..%2fA.java",
        "..%5cA.java",
        "..\\\\A.java",
        "%2E%2E%2F%2E%2E%2Fetc/passwd",
        "src/..\\u0000/../../A.java",
      })
  void nothingLeadsOut(String uri) {
    Result read = read(run("'results':[%s]".formatted(at("'uri':'%s'".formatted(uri)))));

    // The finding stays, without a place.
    assertThat(read.counts().total()).isEqualTo(1);
    assertThat(read.result().path("locations").path(0).has("physicalLocation")).isFalse();
    assertThat(read.written()).doesNotContain("..");
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'uri':'A.java','uriBaseId':'SRC'              | src/A.java",
        "'uri':'../A.java','uriBaseId':'SRC'           | A.java",
        "'uri':'A.java','uriBaseId':'ROOT'             | A.java",
        "'uri':'A.java','uriBaseId':'UNKNOWN'          | A.java",
        "'uri':'A.java','uriBaseId':'%SRCROOT%'        | A.java",
        "'uri':'A.java','uriBaseId':'LOOP'             | A.java",
        "'uri':'A.java','uriBaseId':'HOST'             | A.java",
        "'uri':'A.java','uriBaseId':'WORK'             | deep/A.java",
        "'uri':'file:///build/src/A.java'              | src/A.java",
        "'uri':'file:///home/ci/checkout/A.java'       | A.java",
        "'index':0                                     | src/B.java",
        "'index':1                                     | C.java",
        "'uri':'D.java','index':0                      | D.java",
      })
  void basesAndArtifactsAreResolved(String location, String place) {
    Result read =
        read(
            run(
                "'results':[%s]".formatted(at(location)),
                """
                'originalUriBaseIds': {
                  'ROOT': {'uri': 'file:///build/'},
                  'SRC': {'uri': 'src/', 'uriBaseId': 'ROOT'},
                  '%SRCROOT%': {'description': {'text': 'wherever it was checked out'}},
                  'LOOP': {'uri': '.', 'uriBaseId': 'LOOP'},
                  'HOST': {'uri': 'https://example.com/blob/'},
                  'WORK': {'uri': 'file:///scan/deep/'}}
                """,
                """
                'artifacts': [
                  {'location': {'uri': 'B.java', 'uriBaseId': 'SRC'}, 'contents': {'text': 'x'}},
                  {'location': {'uri': 'file:///build/C.java'}}]
                """,
                "'invocations':[{'executionSuccessful':true,'workingDirectory':"
                    + "{'uri':'file:///home/ci/checkout'}}]"));

    assertThat(place(read)).isEqualTo(place);
    assertThat(read.written())
        .doesNotContain("uriBaseId", "originalUriBaseIds", "workingDirectory", "/build", "/home");
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'index':2", "'index':-1", "'uriBaseId':'ROOT'", "'uri':''"})
  void whatPointsNowhereIsNoPlace(String location) {
    Result read = read(run("'results':[%s]".formatted(at(location)), "'artifacts':[{},{}]"));

    assertThat(read.result().path("locations").path(0).has("physicalLocation")).isFalse();
    requireOurs(read);
  }

  @Test
  void everyArtifactLocationIsResolved() {
    String file = "{'uri':'file:///scan/A.java'}";
    Result read =
        read(
            run(
                "'results':[%s]"
                    .formatted(
                        result(
                            "'analysisTarget':" + file,
                            "'attachments':[{'artifactLocation':%s}]".formatted(file),
                            "'codeFlows':[{'threadFlows':[{'locations':[{'location':"
                                + "{'physicalLocation':{'artifactLocation':%s}}}]}]}]"
                                    .formatted(file))),
                "'artifacts':[{'location':%s}]".formatted(file)));

    assertThat(read.written()).doesNotContain("/scan").contains("\"uri\":\"A.java\"");
    assertThat(read.written().split("\"A.java\"", -1)).hasSize(5);
    requireOurs(read);
  }

  private static String at(String location) {
    return result(
        "'locations':[{'physicalLocation':{'artifactLocation':{%s}}}]".formatted(location));
  }

  private static String place(Result read) {
    JsonNode location = read.result().path("locations").path(0);
    return location.path("physicalLocation").path("artifactLocation").path("uri").asText();
  }
}
