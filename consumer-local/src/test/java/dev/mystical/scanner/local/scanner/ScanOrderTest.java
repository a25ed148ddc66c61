package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanOrderTest {

  @TempDir private Path folder;
  private Path root;
  private Path target;
  private Map<String, String> environment;

  @BeforeEach
  void makeFolders() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    target = Files.createDirectory(root.resolve("project"));
    environment =
        new HashMap<>(
            Map.of(
                "SCAN_PROJECT_KEY", "shop",
                "SCAN_TARGET_TYPE", "path",
                "SCAN_TARGET_URL", target.toString()));
  }

  @Test
  void folderBelowTheRootIsTaken() throws IOException {
    environment.put("SCAN_DEADLINE", "2030-01-01T00:00:00Z");

    ScanOrder order = ScanOrder.read(environment, root, folder);

    assertThat(order.project()).isEqualTo("shop");
    assertThat(order.target()).isEqualTo(target.toRealPath());
    assertThat(order.deadline()).contains(Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void rootItselfIsTaken() {
    environment.put("SCAN_TARGET_URL", root.toString());

    assertThat(ScanOrder.read(environment, root, folder).target().getFileName())
        .isEqualTo(root.getFileName());
  }

  @Test
  void folderOutsideTheRootIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("root-but-longer"));
    environment.put("SCAN_TARGET_URL", other.toString());
    assertRefused("outside");

    environment.put("SCAN_TARGET_URL", target + "/../../root-but-longer");
    assertRefused("outside");
  }

  @Test
  void linkThatLeavesTheRootIsRefused() throws IOException {
    Path secret = Files.createDirectory(folder.resolve("secret"));
    Path link = Files.createSymbolicLink(root.resolve("link"), secret);
    environment.put("SCAN_TARGET_URL", link.toString());

    assertRefused("outside");
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    environment.put("SCAN_TARGET_URL", target.resolve("gone").toString());
    assertRefused("no such folder");

    environment.put("SCAN_TARGET_URL", Files.writeString(root.resolve("file"), "").toString());
    assertRefused("no such folder");

    environment.put("SCAN_TARGET_URL", "project");
    assertRefused("not an absolute path");

    environment.put("SCAN_TARGET_URL", "/a\0b");
    assertRefused("not a path");
  }

  @Test
  void otherTargetsAreRefused() {
    environment.put("SCAN_TARGET_TYPE", "git");

    assertRefused("not at a git");
  }

  @Test
  void missingVariablesAreNamed() {
    for (String name : new String[] {"SCAN_PROJECT_KEY", "SCAN_TARGET_TYPE", "SCAN_TARGET_URL"}) {
      String before = environment.remove(name);
      assertRefused(name + " is not set");
      environment.put(name, before);
    }
  }

  @Test
  void deadlineThatIsNoTimeIsRefused() {
    environment.put("SCAN_DEADLINE", "soon");

    assertRefused("SCAN_DEADLINE");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> ScanOrder.read(environment, root, folder))
        .isInstanceOfSatisfying(
            ScanBroken.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.ORDER_REFUSED))
        .hasMessageContaining(why);
  }
}
