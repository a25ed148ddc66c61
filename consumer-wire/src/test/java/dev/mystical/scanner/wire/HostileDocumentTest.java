package dev.mystical.scanner.wire;

import static dev.mystical.scanner.wire.SampleRequests.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.mystical.scanner.domain.intake.Problem;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that nobody means well with get an answer like any other. */
class HostileDocumentTest {
  private static final String GOOD =
      "{\"scanId\":\"s-1\",\"project\":{\"key\":\"p\"},\"target\":{\"type\":\"web\",\"url\":"
          + "\"https://h\"},\"providers\":[\"sonar\"],\"tags\":{\"note\":\"%s\"}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\t",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{\"a\"",
        "{]",
        "{\"a\":}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1,}",
        "/* */ {}",
        "{} {}",
        "{}}",
        "\ufeff{}",
        "\u0000",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\ud800\"}",
        "{\"\udc00\":1}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\x\"}",
        "<xml/>",
        "scanId=1"
      })
  void whatIsNoRequestIsInvalid(String document) {
    assertThat(problems(document)).isNotEmpty().allSatisfy(HostileDocumentTest::isPresentable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\\nb\": nil}",
        "{\"a\u2028b\": nil}",
        "{\"a\": \u2028}",
        "{\"a\": \udc00}",
        "{\"\\ud800\": {\"b\": [1, {\"c\": }]}}"
      })
  void noProblemShowsControlCharacters(String document) {
    assertThat(problems(document)).isNotEmpty().allSatisfy(HostileDocumentTest::isPresentable);
  }

  @Test
  void syntaxErrorsNameTheirPlace() {
    assertThat(problems("{\"project\": {\"key\": \"p\",\n  \"name\": nil}}"))
        .containsExactly(
            Problem.at(
                "/project/name",
                "is not JSON at line 2, column 11: Unrecognized token 'nil': was expecting (JSON"
                    + " String, Number, Array, Object or token 'null', 'true' or 'false')"));
    assertThat(problems("{\"tags\": {\"a\": \"b\""))
        .containsExactly(
            Problem.at(
                "/tags/a",
                "is not JSON at line 1, column 19: Unexpected end-of-input: expected close marker"
                    + " for Object"));
  }

  @Test
  void textAfterTheEndHidesNothing() {
    assertThat(problems("{\"project\":{},\"target\":1,\"providers\":[]} }{"))
        .extracting(Problem::pointer)
        .containsExactly("", "/project/key", "/target", "/providers");
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "1", " x", "}"})
  void aGoodDocumentEndsWithItself(String tail) {
    assertThat(problems(GOOD.formatted("") + tail))
        .containsExactly(Problem.at("", "has more text after its end"));
  }

  @Test
  void noSecretOfABrokenDocumentIsQuoted() {
    assertThat(problems("{\"callback\": hunter2hunter2hunter2hunter2}").toString())
        .doesNotContain("hunter2hunter2hunter2");
  }

  @Test
  void sizesCountInBytesOfUtf8() {
    int room = DocumentParser.MOST_BYTES - GOOD.formatted("").length();
    Problem tooLong = Problem.at("", "is longer than 262144 bytes");

    assertThat(problems(GOOD.formatted("x".repeat(room)))).doesNotContain(tooLong).hasSize(1);
    assertThat(problems(GOOD.formatted("x".repeat(room + 1)))).containsExactly(tooLong);
    assertThat(problems(GOOD.formatted("€".repeat(room / 3 + 1)))).containsExactly(tooLong);
    assertThat(problems(GOOD.formatted("😀".repeat(room / 4)))).doesNotContain(tooLong);
    assertThat(problems(GOOD.formatted("😀".repeat(room / 4 + 1)))).containsExactly(tooLong);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 900, 5_000, 100_000, 1_048_576})
  void depthIsLimited(int depth) {
    assertThat(problems("[".repeat(depth))).isNotEmpty();
    assertThat(problems("{\"a\":".repeat(depth / 2))).isNotEmpty();
  }

  @Test
  void thirtyTwoLevelsAreNotTooDeep() {
    assertThat(problems(nested(32))).extracting(Problem::pointer).doesNotContain(deepest(32));
    assertThat(problems(nested(33)))
        .contains(Problem.at(deepest(33), "is nested deeper than 32 levels"));
    assertThat(problems(nested(33))).contains(Problem.at("/providers", "is missing"));
  }

  @Test
  void longNumbersAndNamesHideNothing() {
    assertThat(
            problems(
                "{\"timeoutSeconds\":%s,\"%s\":1,\"project\":1}"
                    .formatted("9".repeat(100_000), "n".repeat(100_000))))
        .containsExactly(
            Problem.at("/timeoutSeconds", "is a number of more than 18 digits"),
            Problem.at("", "has a name of more than 128 characters or with control characters"),
            Problem.at("/project", "must be an object, but is a number"),
            Problem.at("/target", "is missing"),
            Problem.at("/providers", "is missing"));
  }

  @Test
  void noMoreThanAHundredProblemsAreListed() {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) {
      document.append("\"f").append(i).append("\":1,");
    }
    List<Problem> problems = problems(document.append("\"f\":1}").toString());

    assertThat(problems).hasSize(Problems.MOST + 1);
    assertThat(problems.getLast()).isEqualTo(Problem.at("", "has 4904 problems more"));
  }

  /** A value whose problem was one too many was once taken for good, and the domain threw. */
  @Test
  void whatIsNotListedIsStillNotUsed() {
    StringBuilder document = new StringBuilder("{\"project\": {\"key\": \"NO GOOD\"");
    for (int i = 0; i < 150; i++) {
      document.append(",\"f").append(i).append("\":1");
    }
    document.append(
        "}, \"target\": {\"type\": \"web\", \"url\": \"https://h\"}, \"scanId\": \"s-1\","
            + " \"providers\": [\"NO GOOD\"], \"policy\": {\"failOn\": \"NO GOOD\"}}");

    assertThat(problems(document.toString()))
        .hasSize(Problems.MOST + 1)
        .endsWith(Problem.at("", "has 53 problems more"));
  }

  @Test
  void anyDamageToAGoodDocumentGetsAnAnswer() {
    String good = GOOD.formatted("a\\u0041");
    for (long seed = 0; seed < 3_000; seed++) {
      RandomGenerator random = new Random(seed);
      StringBuilder damaged = new StringBuilder(good);
      for (int hits = 1 + random.nextInt(3); hits > 0 && !damaged.isEmpty(); hits--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(4)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.insert(at, (char) random.nextInt(0x10000));
          case 2 -> damaged.setCharAt(at, "{}[]\",:\\0eE-ntf".charAt(random.nextInt(15)));
          default -> damaged.setLength(at + 1);
        }
      }
      assertThat(problems(damaged.toString()))
          .as("seed %d: %s", seed, damaged)
          .allSatisfy(HostileDocumentTest::isPresentable);
    }
  }

  private static void isPresentable(Problem problem) {
    assertThat(Characters.areAllText(problem.pointer() + problem.detail())).isTrue();
    assertThat(JsonPointer.compile(problem.pointer()).toString()).isEqualTo(problem.pointer());
  }

  private static String nested(int levels) {
    return "{\"x\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
  }

  private static String deepest(int levels) {
    return "/x" + "/0".repeat(levels - 2);
  }
}
