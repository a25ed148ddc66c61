package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineParserTest {
  @Test
  void withoutACommandTheServerRuns() {
    assertThat(parse(""))
        .isEqualTo(
            new CommandLine(
                new Command.Serve(), Optional.empty(), Optional.empty(), false, Map.of()));
    assertThat(parse("serve").command()).isEqualTo(new Command.Serve());
  }

  @Test
  void everyCommandIsUnderstood() {
    assertThat(parse("check").command()).isEqualTo(new Command.Check());
    assertThat(parse("submit scan.json").command()).isEqualTo(new Command.Submit("scan.json"));
    assertThat(parse("submit -").command()).isEqualTo(new Command.Submit("-"));
    assertThat(parse("status s1").command())
        .isEqualTo(new Command.Status(new ScanKey(Tenant.DEFAULT, new ScanId("s1"))));
    assertThat(parse("status s1 --tenant team").command())
        .isEqualTo(new Command.Status(new ScanKey(new Tenant("team"), new ScanId("s1"))));
    ScanKey teams = new ScanKey(new Tenant("team"), new ScanId("s1"));
    assertThat(parse("cancel s1 --tenant team").command()).isEqualTo(new Command.Cancel(teams));
    assertThat(parse("retry --tenant=team s1").command()).isEqualTo(new Command.Retry(teams));
    assertThat(parse("redrive").command()).isEqualTo(new Command.Redrive(List.of(), false));
    assertThat(parse("redrive s1 m-2 --dry-run").command())
        .isEqualTo(new Command.Redrive(List.of("s1", "m-2"), true));
    assertThat(parse("errors").command())
        .isEqualTo(new Command.Errors(false, Optional.empty(), Optional.empty()));
    assertThat(parse("errors -f --since 15m --code ecs_quota").command())
        .isEqualTo(
            new Command.Errors(
                true,
                Optional.of(new Since.Ago(Duration.ofMinutes(15))),
                Optional.of(ErrorCode.ECS_QUOTA)));
    assertThat(parse("errors --since=2026-01-31T12:00:00Z").command())
        .isEqualTo(
            new Command.Errors(
                false,
                Optional.of(new Since.At(Instant.parse("2026-01-31T12:00:00Z"))),
                Optional.empty()));
    assertThat(parse("version").command()).isEqualTo(new Command.Version());
    assertThat(parse("--version").command()).isEqualTo(new Command.Version());
    assertThat(parse("help").command()).isEqualTo(new Command.Help());
    assertThat(parse("submit -h").command()).isEqualTo(new Command.Help());
  }

  @Test
  void optionsStandBeforeAndAfterTheCommand() {
    assertThat(
            parse("--config=a.conf check --env-file b.env --json --set A=1 --set=B=2=3 --set A=4"))
        .isEqualTo(
            new CommandLine(
                new Command.Check(),
                Optional.of(Path.of("a.conf")),
                Optional.of(Path.of("b.env")),
                true,
                Map.of("A", "4", "B", "2=3")));
  }

  @Test
  void afterTwoDashesNothingIsAnOption() {
    assertThat(parse("submit -- --odd").command()).isEqualTo(new Command.Submit("--odd"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frobnicate | unknown command frobnicate; there are cancel, check, errors, help, redrive,",
        "check --jsno | unknown option --jsno; there are",
        "check --jsno=1 | unknown option --jsno; there are",
        "check --follow | check has no option --follow",
        "check now | check takes no argument, such as now",
        "submit | submit takes one argument: a file",
        "submit a b | submit takes one argument: a file",
        "status | status takes one argument",
        "status a/b | scanId",
        "cancel | cancel takes one argument: the id of a scan",
        "retry a b | retry takes one argument: the id of a scan",
        "retry a --dry-run | retry has no option --dry-run",
        "redrive --dry-run=1 | --dry-run takes no value",
        "redrive --tenant a | redrive has no option --tenant",
        "status a --tenant A | tenant",
        "check --config | --config needs a value",
        "check --json=yes | --json takes no value",
        "check --set A | --set takes NAME=VALUE",
        "check --set =A | --set takes NAME=VALUE",
        "errors --since soon | --since takes how long ago",
        "errors --code NOPE | unknown error code NOPE; there are CALLBACK_BLOCKED",
      })
  void whatCannotBeUnderstoodIsSaid(String line, String problem) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(UsageProblem.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"submit f --api http://x", "submit f --wait", "submit f --key k"})
  void whatIsNotThereYetIsNoOption(String line) {
    assertThatThrownBy(() -> parse(line)).hasMessageStartingWith("unknown option ");
  }

  private static CommandLine parse(String line) {
    return CommandLineParser.parse(line.isEmpty() ? List.of() : Arrays.asList(line.split(" ", -1)));
  }
}
