package dev.mystical.scanner.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourcesTest {
  /** The original's file, with the values that it leaves to its user left out as well. */
  private static final String ORIGINAL =
      """
      AWS_ACCESS_KEY=
      AWS_SECRET_KEY=

      CLUSTER_NAME=arn:aws:ecs:us-east-1:accountId:cluster/mystical-infrastructure-cluster

      TASK_DEFINITION_SONAR=arn:aws:ecs:us-east-1:accountId:task-definition/scanner-infrastructure-sonar-task

      TASK_DEFINITION_MYSTICAL=arn:aws:ecs:us-east-1:accountId:task-definition/scanner-infrastructure-mystical-task

      CONTAINER_SONAR=scanner-sonar-infrastructure
      CONTAINER_MYSTICAL=scanner-mystical-infrastructure

      CONSUMER_QUEUE_URL=https://sqs.us-east-1.amazonaws.com/accountId/mystical-scanner-queue
      REDIS_URL=
      """;

  @TempDir private Path folder;
  private Map<String, String> flags = Map.of();
  private Map<String, String> environment = Map.of();
  private Optional<Path> envFile = Optional.empty();
  private Optional<Path> configFile = Optional.empty();

  @Test
  void theOriginalsFileWorksAsItIs() throws IOException {
    dotEnv(ORIGINAL);
    environment = Map.of("REDIS_URL", "redis://localhost");
    Settings settings = read();
    assertThat(settings.aws().region()).isEqualTo("us-east-1");
    assertThat(settings.aws().credentials()).isEmpty();
    assertThat(settings.ecs().cluster())
        .isEqualTo("arn:aws:ecs:us-east-1:accountId:cluster/mystical-infrastructure-cluster");
    assertThat(settings.providers())
        .containsExactly(
            new Provider(
                new ProviderId("mystical"),
                "arn:aws:ecs:us-east-1:accountId:task-definition/scanner-infrastructure-mystical-task",
                "scanner-mystical-infrastructure"),
            new Provider(
                new ProviderId("sonar"),
                "arn:aws:ecs:us-east-1:accountId:task-definition/scanner-infrastructure-sonar-task",
                "scanner-sonar-infrastructure"));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void theOriginalsFileLacksNothingButRedis() throws IOException {
    dotEnv(ORIGINAL);
    assertThatThrownBy(this::read)
        .hasMessage("1 problem with the settings:\n  REDIS_URL: must be set");
  }

  @Test
  void aPairThatNobodyKnewOfMakesAProvider() throws IOException {
    dotEnv(
        ORIGINAL
            + "REDIS_URL=redis://localhost\nTASK_DEFINITION_MY_TOOL=tool:3\nCONTAINER_MY_TOOL=tool");
    assertThat(read().providers())
        .contains(new Provider(new ProviderId("my-tool"), "tool:3", "tool"));
  }

  @Test
  void theHigherSourceWins() throws IOException {
    complete();
    configFile = Optional.of(file("scanner { launch.rate = 3, http.port = 3, redis.prefix = f }"));
    dotEnv(Files.readString(folder.resolve(".env")) + "\nLAUNCH_RATE=4\nHTTP_PORT=4");
    environment = Map.of("LAUNCH_RATE", "5", "LAUNCH_BURST", "5");
    flags = Map.of("LAUNCH_BURST", "6");
    Settings settings = read();
    assertThat(settings.launch().burst()).isEqualTo(6);
    assertThat(settings.launch().rate()).isEqualTo(5);
    assertThat(settings.http().port()).isEqualTo(4);
    assertThat(settings.redis().prefix()).isEqualTo("f");
    assertThat(settings.describe())
        .contains(
            "LAUNCH_BURST=6 (command line)",
            "LAUNCH_RATE=5 (environment)",
            "HTTP_PORT=4 (.env)",
            "REDIS_PREFIX=f (configuration file)",
            "MAX_IN_FLIGHT=64 (default)");
  }

  @Test
  void anEmptyValueDoesNotHideAnother() throws IOException {
    complete();
    environment = Map.of("REDIS_URL", "", "CLUSTER_NAME", "  ");
    flags = Map.of("CONTAINER_SONAR", "");
    assertThat(read().redis().address()).isEqualTo("redis://localhost");
  }

  @Test
  void anotherFileStandsInForDotEnv() throws IOException {
    dotEnv("this is no .env");
    envFile = Optional.of(Files.writeString(folder.resolve("other.env"), completeText()));
    assertThat(read().redis().address()).isEqualTo("redis://localhost");
  }

  @Test
  void aNamedFileMustExist() throws IOException {
    complete();
    envFile = Optional.of(folder.resolve("none.env"));
    configFile = Optional.of(folder.resolve("none.conf"));
    assertThatThrownBy(this::read)
        .hasMessageContaining("--env-file = " + envFile.get())
        .hasMessageContaining("--config = " + configFile.get());
  }

  @Test
  void anUnknownKeyInTheFileIsAProblem() throws IOException {
    complete();
    configFile = Optional.of(file("scanner { http.prot = 80, foo.bar = 1, redis.url.x = 1 }"));
    assertThatThrownBy(this::read)
        .hasMessageContaining("scanner.http.prot: is no setting; did you mean scanner.http.port?")
        .hasMessageContaining("scanner.foo.bar: is no setting\n")
        .hasMessageContaining("scanner.redis.url.x: is no setting");
  }

  @Test
  void whatOtherProgramsKeepInTheFileIsNoMatter() throws IOException {
    complete();
    configFile = Optional.of(file("other { key = 1 }\nport = 81\nscanner.http.port = ${port}"));
    assertThat(read().http().port()).isEqualTo(81);
  }

  @Test
  void theFileMayUseTheEnvironment() throws IOException {
    complete();
    environment = Map.of("MY_PREFIX", "mine");
    configFile = Optional.of(file("scanner.redis.prefix = ${MY_PREFIX}"));
    assertThat(read().redis().prefix()).isEqualTo("mine");
  }

  @Test
  void aFileThatIsNoHoconIsAProblem() throws IOException {
    complete();
    configFile = Optional.of(file("scanner { http = "));
    assertThatThrownBy(this::read).hasMessageContaining("must be HOCON");
    configFile = Optional.of(file("scanner.redis.prefix = ${NOBODY_SETS_THIS}"));
    assertThatThrownBy(this::read).hasMessageContaining("must be HOCON");
  }

  @Test
  void anUnknownNameOnTheCommandLineIsAProblem() throws IOException {
    complete();
    flags = Map.of("HTTP_PROT", "80");
    assertThatThrownBy(this::read)
        .hasMessageContaining("HTTP_PROT: is no setting; did you mean HTTP_PORT?");
  }

  @Test
  void aProviderStandsInTheFileAndTheEnvironmentChangesIt() throws IOException {
    complete();
    configFile =
        Optional.of(file("scanner.providers { my-tool { task-definition = t1, container = c1 } }"));
    environment = Map.of("TASK_DEFINITION_MY_TOOL", "t2");
    assertThat(read().providers())
        .contains(new Provider(new ProviderId("my-tool"), "t2", "c1"))
        .hasSize(2);
  }

  @Test
  void aProvidersIdInTheFileMustFit() throws IOException {
    complete();
    configFile = Optional.of(file("scanner.providers.My { task-definition = t, container = c }"));
    assertThatThrownBy(this::read).hasMessageContaining("a provider's id must match");
  }

  @Test
  void aContainerAloneIsAWarning() throws IOException {
    complete();
    environment = Map.of("CONTAINER_RUNTIME", "docker");
    assertThat(read().warnings())
        .containsExactly(
            "CONTAINER_RUNTIME is set without TASK_DEFINITION_RUNTIME, and makes no provider");
  }

  @Test
  void ownCredentialsWinOverStandardOnes() throws IOException {
    complete();
    environment =
        Map.of("AWS_ACCESS_KEY_ID", "ID", "AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T");
    assertThat(read().aws().credentials())
        .contains(
            new Settings.Credentials(
                new Secret("ID"), new Secret("S"), Optional.of(new Secret("T"))));
    dotEnv(completeText() + "AWS_ACCESS_KEY=own\nAWS_SECRET_KEY=own-secret\n");
    assertThat(read().aws().credentials())
        .contains(
            new Settings.Credentials(
                new Secret("own"), new Secret("own-secret"), Optional.empty()));
  }

  @Test
  void aTokenFromElsewhereIsNotMixedWithAKeyPair() throws IOException {
    dotEnv(completeText() + "AWS_ACCESS_KEY_ID=ID\nAWS_SECRET_ACCESS_KEY=S\n");
    environment = Map.of("AWS_SESSION_TOKEN", "T");
    Settings settings = read();
    assertThat(settings.aws().credentials().orElseThrow().sessionToken()).isEmpty();
    assertThat(settings.warnings()).singleElement().asString().contains("AWS_SESSION_TOKEN");
  }

  @Test
  void noDescriptionShowsASecret() throws IOException {
    dotEnv(
        completeText()
            + """
            AWS_ACCESS_KEY=canary-key
            AWS_SECRET_KEY=canary-secret
            AWS_SESSION_TOKEN=canary-token
            REDIS_URL=redis://user:canary%20word@localhost:6379/1
            TOKEN_KEY=canary-0123456789abcdef0123456789abcdef
            """);
    Settings settings = read();
    assertThat(settings.describe())
        .contains("REDIS_URL=redis://user:***@localhost:6379/1 (.env)", "TOKEN_KEY=*** (.env)");
    assertThat(settings.describe() + settings.toString()).doesNotContain("canary");
    assertThat(settings.secrets())
        .containsExactlyInAnyOrder(
            "canary-key",
            "canary-secret",
            "canary%20word",
            "canary word",
            "canary-0123456789abcdef0123456789abcdef");
  }

  private Settings read() {
    return Settings.from(new SettingsSources(flags, environment, folder, envFile, configFile));
  }

  private void complete() throws IOException {
    dotEnv(completeText());
  }

  private static String completeText() {
    return """
    CONSUMER_QUEUE_URL=https://sqs.us-east-1.amazonaws.com/123456789012/scans
    CLUSTER_NAME=scans
    TASK_DEFINITION_SONAR=sonar-task
    CONTAINER_SONAR=sonar
    REDIS_URL=redis://localhost
    """;
  }

  private void dotEnv(String text) throws IOException {
    Files.writeString(folder.resolve(".env"), text);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("scanner.conf"), text);
  }
}
