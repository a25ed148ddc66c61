package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.client.ApiAddress;
import dev.mystical.scanner.app.client.ApiKey;
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
    assertThat(parse("submit scan.json").command()).isEqualTo(queued("scan.json"));
    assertThat(parse("submit -").command()).isEqualTo(queued("-"));
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
    assertThat(parse("submit -- --odd").command()).isEqualTo(queued("--odd"));
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
        "submit f --key k | --key goes with --api URL",
        "submit f --idempotency-key=k | --idempotency-key goes with --api URL",
        "submit f --api a | the API's URL must start with",
        "submit f --api http://a --idempotency-key= | --idempotency-key takes 1 to 255",
        "submit f --api http://a --idempotency-key ä | --idempotency-key takes 1 to 255",
        "submit f --wait=1 | --wait takes no value",
        "status a --wait | status has no option --wait",
        "cancel a --api http://a | cancel has no option --api",
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

  @Test
  void aRequestGoesToTheQueueOrToAnApi() {
    assertThat(parse("submit f --wait").command())
        .isEqualTo(new Command.Submit("f", Optional.empty(), true));
    assertThat(parse("submit f --api https://a.example.com/").command())
        .isEqualTo(
            new Command.Submit(
                "f",
                Optional.of(
                    new Command.Remote(
                        ApiAddress.parse("https://a.example.com"),
                        Optional.empty(),
                        Optional.empty())),
                false));
    assertThat(parse("submit --api=http://a:1 --key k --idempotency-key=i - --wait").command())
        .isEqualTo(
            new Command.Submit(
                "-",
                Optional.of(
                    new Command.Remote(
                        ApiAddress.parse("http://a:1"),
                        Optional.of(new ApiKey("k")),
                        Optional.of("i"))),
                true));
  }

  @Test
  void aKeyIsNotShown() {
    assertThat(parse("submit f --api http://a --key hunter2").toString()).doesNotContain("hunter2");
    assertThatThrownBy(
            () -> parse(List.of("submit", "f", "--api", "http://a", "--key", "hunter2 ")))
        .isInstanceOf(UsageProblem.class)
        .hasNoCause()
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> parse("submit f --api http://u:hunter2@a"))
        .isInstanceOf(UsageProblem.class)
        .hasNoCause()
        .message()
        .doesNotContain("hunter2");
  }

  private static Command queued(String file) {
    return new Command.Submit(file, Optional.empty(), false);
  }

  private static CommandLine parse(String line) {
    return parse(line.isEmpty() ? List.of() : Arrays.asList(line.split(" ", -1)));
  }

  private static CommandLine parse(List<String> arguments) {
    return CommandLineParser.parse(arguments);
  }
}
