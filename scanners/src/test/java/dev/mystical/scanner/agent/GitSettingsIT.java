package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides how the agent fetches from git: neither its image's settings nor the repository. */
class GitSettingsIT extends SourceTest {
  private GitRepository shop;
  private String commit;
  private Path mark;

  @BeforeEach
  void createRepository() throws IOException {
    mark = folder.resolve("ran");
    shop = GitRepository.create(sources.resolve("shop"));
    commit = shop.write("a.txt", "first").write(".gitattributes", "*.txt filter=evil\n").commit();
  }

  @AfterEach
  void nothingHasRun() {
    assertThat(mark).doesNotExist();
  }

  private Map<String, String> git(String... more) {
    Map<String, String> order = order(more);
    order.put("SCAN_TARGET_TYPE", "git");
    order.putIfAbsent("SCAN_TARGET_URL", source.url("/git/shop"));
    return order;
  }

  /** A program that leaves a mark when it runs. */
  private Path program(String file) throws IOException {
    Path program = folder.resolve(file);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\ntouch '" + mark + "'\nexit 1\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"})
  void filesOfSettingsAreNotRead(String variable) throws IOException, InterruptedException {
    Path settings =
        Files.writeString(
            folder.resolve("settings"),
            "[filter \"evil\"]\n\tsmudge = touch '%s'\n\trequired\n".formatted(mark));

    assertThat(fetched(git(variable, settings.toString()))).contains("file ./a.txt first");
  }

  @Test
  void hooksOfTheImageDoNotRun() throws IOException, InterruptedException {
    program("hooks/post-checkout");

    fetched(
        git(
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "core.hooksPath",
            "GIT_CONFIG_VALUE_0", folder.resolve("hooks").toString()));
  }

  @Test
  void nobodyIsAskedForPasswords() throws IOException, InterruptedException {
    String ask = program("ask").toString();

    assertThat(
            refused(
                git(
                    "SCAN_TARGET_URL", source.url("/private/shop"),
                    "GIT_ASKPASS", ask,
                    "SSH_ASKPASS", ask)))
        .contains("terminal prompts disabled");
  }

  /** Git itself would let a repository that came over https name submodules of ssh. */
  @Test
  void submodulesComeTheSameWayAsTheirRepository() throws IOException, InterruptedException {
    Path ssh = program("bin/ssh");
    addSubmodule("ssh://127.0.0.1:1/shop");

    assertThat(refused(outer("PATH", ssh.getParent() + ":" + System.getenv("PATH"))))
        .contains("cannot fetch the submodules");
  }

  @Test
  void tokenGoesToNoOtherHost() throws IOException, InterruptedException {
    try (SourceServer other = SourceServer.start(sources)) {
      addSubmodule(other.url("/private/shop"));

      assertThat(refused(outer("SCAN_GIT_USERNAME", "me", "SCAN_GIT_TOKEN", SourceServer.TOKEN)))
          .contains("cannot fetch the submodules");
    }
  }

  @Test
  void tokenDoesNotReachTheScanner() throws IOException, InterruptedException {
    Map<String, String> order =
        git(
            "SCAN_TARGET_URL",
            source.url("/private/shop"),
            "SCAN_GIT_USERNAME",
            "me",
            "SCAN_GIT_TOKEN",
            SourceServer.TOKEN);
    String look =
        "env; grep -rl ghp_ \"$HOME/..\"; tr '\\0' '\\n' <\"/proc/$PPID/environ\"; exit 7";
    try (AgentRun run = AgentRun.start(folder, order, "sh", "-c", look)) {
      run.ended(7);

      assertThat(run.output()).contains("SCAN_SOURCE=").doesNotContain("ghp_", "SCAN_GIT_");
    }
  }

  private Map<String, String> outer(String... more) {
    Map<String, String> order = git(more);
    order.put("SCAN_TARGET_URL", source.url("/git/outer"));
    order.put("SCAN_OPT_SUBMODULES", "true");
    return order;
  }

  private void addSubmodule(String url) throws IOException {
    GitRepository outer = GitRepository.create(sources.resolve("outer"));
    outer.write(".gitmodules", "[submodule \"inner\"]\n\tpath = inner\n\turl = " + url + "\n");
    outer.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",inner");
    outer.git("add", ".gitmodules");
    outer.git("commit", "--quiet", "--message", "Add a submodule");
  }
}
