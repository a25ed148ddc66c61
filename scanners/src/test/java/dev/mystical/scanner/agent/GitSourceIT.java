package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources in git, good and bad. */
class GitSourceIT extends SourceTest {
  private GitRepository shop;
  private String first;
  private String second;

  @BeforeEach
  void makeRepository() throws IOException {
    shop = GitRepository.create(sources.resolve("shop"));
    first = shop.write("a.txt", "first").write("src/b.txt", "first").commit();
    shop.git("tag", "v1");
    second = shop.write("a.txt", "second").commit();
  }

  private Map<String, String> git(String... more) {
    Map<String, String> order = order(more);
    order.put("SCAN_TARGET_TYPE", "git");
    order.putIfAbsent("SCAN_TARGET_URL", source.url("/git/shop"));
    return order;
  }

  @ParameterizedTest
  @CsvSource({"main, second", "refs/heads/main, second", "v1, first"})
  void refIsFetched(String ref, String text) throws IOException, InterruptedException {
    assertThat(fetched(git("SCAN_TARGET_REF", ref)))
        .contains("file ./a.txt " + text + "\nfile ./src/b.txt first\n")
        .doesNotContain(".git/");
  }

  @Test
  void withoutRefTheDefaultBranchIsFetched() throws IOException, InterruptedException {
    assertThat(fetched(git())).contains("source is commit " + second);
  }

  @Test
  void commitIsFetchedAlthoughItsBranchHasMoved() throws IOException, InterruptedException {
    assertThat(fetched(git("SCAN_TARGET_REF", "main", "SCAN_TARGET_COMMIT", first)))
        .contains("source is commit " + first, "file ./a.txt first");
  }

  @Test
  void anotherCommitThanTheOneAskedForIsRefused() throws IOException, InterruptedException {
    String short1 = first.substring(0, 10);

    assertThat(refused(git("SCAN_TARGET_REF", "main", "SCAN_TARGET_COMMIT", short1)))
        .contains("main is at commit " + second + ", not at " + short1);
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException, InterruptedException {
    assertThat(refused(git("SCAN_TARGET_REF", "gone")))
        .isEqualTo("SOURCE_UNAVAILABLE: git: cannot fetch gone: couldn't find remote ref gone");
  }

  @Test
  void privateRepositoryOpensWithTheSecretOfTheTask() throws IOException, InterruptedException {
    String url = source.url("/private/shop");
    Map<String, String> order = git("SCAN_TARGET_URL", url);
    order.put("SCAN_GIT_USERNAME", "me");
    order.put("SCAN_GIT_TOKEN", SourceServer.TOKEN);

    assertThat(fetched(order)).contains("file ./a.txt second").doesNotContain(SourceServer.TOKEN);
  }

  @Test
  void privateRepositoryStaysShutWithout() throws IOException, InterruptedException {
    assertThat(refused(git("SCAN_TARGET_URL", source.url("/private/shop"))))
        .contains("terminal prompts disabled");
  }

  @Test
  void subpathIsScannedAlone() throws IOException, InterruptedException {
    assertThat(fetched(git("SCAN_TARGET_SUBPATH", "src")))
        .contains("file ./b.txt first")
        .doesNotContain("a.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../..", "/etc", "src/../..", "gone", "out", "a.txt"})
  void subpathThatLeadsOutOrNowhereIsRefused(String subpath)
      throws IOException, InterruptedException {
    shop.link("out", "/etc").commit();

    assertThat(refused(git("SCAN_TARGET_SUBPATH", subpath)))
        .containsAnyOf("leads out of the source", "has no folder");
  }

  @Test
  void linksLeadNowhere() throws IOException, InterruptedException {
    shop.link("secrets", "/etc").link("passwd", "/etc/passwd").link("inner", "src").commit();

    assertThat(fetched(git()))
        .contains("file ./passwd /etc/passwd\n", "file ./secrets /etc\n", "file ./inner src\n")
        .doesNotContain("odd ", "root:");
  }

  /** A scanner's settings or a filter of the repository may name programs. */
  @Test
  void nothingOfTheRepositoryRuns() throws IOException, InterruptedException {
    Path mark = folder.resolve("ran");
    shop.write(".gitattributes", "*.txt filter=evil\n")
        .write(".gitconfig", "[filter \"evil\"]\n\tsmudge = touch " + mark + "\n")
        .write(".githooks/post-checkout", "#!/bin/sh\ntouch " + mark + "\n")
        .commit();

    assertThat(fetched(git())).contains("file ./a.txt second");
    assertThat(mark).doesNotExist();
  }

  @Test
  void settingsOfTheImageDoNotReachGit() throws IOException, InterruptedException {
    Path mark = folder.resolve("ran");
    Path template = folder.resolve("template");
    Path hooks = Files.createDirectories(template.resolve("hooks"));
    Path hook = Files.writeString(hooks.resolve("post-checkout"), "#!/bin/sh\ntouch " + mark);
    assertThat(hook.toFile().setExecutable(true)).isTrue();

    fetched(git("GIT_TEMPLATE_DIR", template.toString()));

    assertThat(mark).doesNotExist();
  }

  @Test
  void submodulesComeOnlyWhenAskedFor() throws IOException, InterruptedException {
    addSubmodule(source.url("/git/shop"));

    assertThat(fetched(git("SCAN_TARGET_URL", source.url("/git/outer"))))
        .doesNotContain("inner/a.txt");
  }

  @Test
  void submodulesComeWhenAskedFor() throws IOException, InterruptedException {
    addSubmodule(source.url("/git/shop"));

    assertThat(
            fetched(
                git("SCAN_TARGET_URL", source.url("/git/outer"), "SCAN_OPT_SUBMODULES", "true")))
        .contains("file ./inner/a.txt second")
        .doesNotContain("odd ", "/.git ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sources/shop", "file://%s", "ext::sh -c touch% ran"})
  void submodulesComeFromTheNetworkAlone(String url) throws IOException, InterruptedException {
    addSubmodule(url.replace("%s", shop.folder().toString()));

    assertThat(
            refused(
                git("SCAN_TARGET_URL", source.url("/git/outer"), "SCAN_OPT_SUBMODULES", "true")))
        .contains("cannot fetch the submodules");
  }

  private void addSubmodule(String url) throws IOException {
    GitRepository outer = GitRepository.create(sources.resolve("outer"));
    outer.write(".gitmodules", "[submodule \"inner\"]\n\tpath = inner\n\turl = " + url + "\n");
    outer.git("update-index", "--add", "--cacheinfo", "160000," + second + ",inner");
    outer.write("c.txt", "outer");
    outer.git("add", ".gitmodules", "c.txt");
    outer.git("commit", "--quiet", "--message", "Add a submodule");
  }

  /** Ten levels of ten folders that are one and the same: ten thousand million files. */
  @Test
  void treeThatGrowsWithoutEndIsRefused() throws IOException, InterruptedException {
    GitRepository bomb = GitRepository.create(sources.resolve("bomb"));
    bomb.write("0/file", "boom").commit();
    String tree = bomb.git("rev-parse", "HEAD:0").strip();
    for (int level = 0; level < 10; level++) {
      StringBuilder entries = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        entries.append("040000 tree ").append(tree).append('\t').append(i).append('\n');
      }
      Files.writeString(folder.resolve("entries"), entries);
      tree = bomb.git("-c", "alias.from=!git mktree <" + folder.resolve("entries"), "from").strip();
    }
    String commit = bomb.git("commit-tree", tree, "-m", "Boom").strip();
    bomb.git("update-ref", "refs/heads/main", commit);

    assertThat(refused(git("SCAN_TARGET_URL", source.url("/git/bomb"))))
        .contains("more than 500000 files");
  }

  @ParameterizedTest
  @CsvSource({
    "SCAN_TARGET_REF, --upload-pack=touch ran",
    "SCAN_TARGET_REF, -main",
    "SCAN_TARGET_REF, main..v1",
    "SCAN_TARGET_REF, +main:refs/heads/x",
    "SCAN_TARGET_COMMIT, --all",
    "SCAN_TARGET_COMMIT, main",
    "SCAN_TARGET_URL, --upload-pack=touch ran",
    "SCAN_TARGET_URL, http://127.0.0.1:1/shop",
    "SCAN_TARGET_URL, file:///etc",
    "SCAN_TARGET_URL, /etc",
    "SCAN_TARGET_URL, ext::sh -c id",
    "SCAN_TARGET_URL, https://me:secret@127.0.0.1/shop",
    "SCAN_TARGET_URL, ssh://-oProxyCommand=id/shop",
    "SCAN_TARGET_URL, ssh://-oProxyCommand=id@127.0.0.1/shop",
    "SCAN_TARGET_URL, git@-oProxyCommand=id:shop",
    "SCAN_TARGET_URL, git://127.0.0.1/shop",
  })
  void whatGitCouldTakeForSomethingElseIsRefused(String name, String value)
      throws IOException, InterruptedException {
    assertThat(refused(git(name, value)))
        .containsAnyOf("the ref is no name", "the commit is no hash", "the address is");
    assertThat(folder.resolve("ran")).doesNotExist();
  }
}
