package dev.mystical.scanner.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=b | b",
        "A = b c | b c",
        "export A=b | b",
        "A=b # why | b",
        "A=b#c | b#c",
        "A= # nothing | ``",
        "A= | ``",
        "A=b=c | b=c",
        "A=$HOME/${B} | $HOME/${B}",
        "A=\"b # c\" # why | b # c",
        "A=\"b\\\"c\\\\d\\$e\\q\" | b\"c\\d$e\\q",
        "A='b\\n\"$c' | b\\n\"$c",
        "A='' | ``",
      })
  void aLineGivesAValue(String line, String value) {
    DotEnv parsed = DotEnv.parse(line, ".env");
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.values()).containsEntry("A", value).hasSize(1);
  }

  @Test
  void doubleQuotesKnowLineBreaks() {
    assertThat(DotEnv.parse("A=\"b\\nc\\td\"", ".env").values()).containsEntry("A", "b\nc\td");
  }

  @Test
  void byteOrderMarkCarriageReturnsCommentsAndBlankLinesAreNoMatter() {
    DotEnv parsed = DotEnv.parse("\uFEFFA=1\r\n\r\n  # why\r\n\tB=2  \r\n", ".env");
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.values()).containsEntry("A", "1").containsEntry("B", "2").hasSize(2);
  }

  @Test
  void theLastOfTwoCountsAndIsToldOf() {
    DotEnv parsed = DotEnv.parse("A=1\nA=2", ".env");
    assertThat(parsed.values()).containsEntry("A", "2");
    assertThat(parsed.warnings())
        .containsExactly(".env line 2 sets A again; this last value counts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "=b", "A B=c", "1A=b", "A=\"b", "A='b", "A=\"b\" c", "A='b'c"})
  void aLineThatCannotBeReadIsAProblemWithItsNumberAndNothingElse(String line) {
    DotEnv parsed = DotEnv.parse("X=1\n" + line + "\nY=2", ".env");
    assertThat(parsed.values()).containsOnlyKeys("X", "Y");
    assertThat(parsed.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.name()).startsWith(".env line 2");
          assertThat(problem.value()).isEmpty();
        });
  }
}
