package dev.mystical.scanner.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules, and the rules that keep one thing in one place. */
class ArchitectureTest {
  private static final String ROOT = "dev.mystical.scanner.";

  private static JavaClasses production = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    production =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The domain's contract tests and fakes come in a jar of their own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.mystical.scanner");
    Assertions.assertThat(production).hasSizeGreaterThan(100);
  }

  /** A module, and those of ours that it must not know. */
  private record Ban(String module, List<String> unknown) {}

  private static final List<Ban> BANS =
      List.of(
          new Ban(
              "domain", List.of("wire", "aws", "redis", "files", "http", "app", "local", "stand")),
          new Ban("wire", List.of("aws", "redis", "files", "http", "app", "local", "stand")),
          new Ban("aws", List.of("redis", "files", "http", "app", "local", "stand")),
          new Ban("redis", List.of("aws", "files", "http", "app", "local", "stand")),
          new Ban("files", List.of("wire", "aws", "redis", "http", "app", "local", "stand")),
          new Ban("http", List.of("aws", "redis", "files", "app", "local", "stand")),
          new Ban("app", List.of("local", "stand")),
          new Ban(
              "stand", List.of("domain", "wire", "aws", "redis", "files", "http", "app", "local")));

  @Test
  void modulesKnowOnlyWhatTheirArrowsSay() {
    for (Ban ban : BANS) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + ban.module() + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ban.unknown().stream().map(it -> ROOT + it + "..").toArray(String[]::new))
          .because("docs/adr/0001 draws the arrows")
          .allowEmptyShould(true)
          .check(production);
    }
  }

  /** A scan has reports; what a report comes to is so whosever it is. */
  @Test
  void reportsKnowNoScans() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "domain.report")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "domain.scan")
        .because("the two would go round in a circle")
        .check(production);
  }

  /** Task events ask for nothing, so that nothing is lost with one. */
  @Test
  void oneClassDeletesRequests() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "app.consume.Deleter")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "app.supervise.TaskNews")
        .should()
        .callMethod(ScanQueue.class, "delete", List.class)
        .because("docs/adr/0004: no other way to a delete")
        .check(production);
  }

  @Test
  void onlyARedriveDeletesDeadLetters() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "app.command.RedriveWork")
        .should()
        .callMethod(DeadLetterBox.class, "delete", List.class)
        .because("what becomes of a dead letter is for people to say")
        .check(production);
  }

  @Test
  void onlyTheKeeperChangesVisibility() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + "app.consume.LeaseKeeper")
        .should()
        .callMethod(ScanQueue.class, "extend", List.class, java.time.Duration.class)
        .because("a renewal under way must never undo a return")
        .check(production);
  }

  @Test
  void nobodySpeaksToTheConsolePastTheLogButCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "app.command..", ROOT + "local..", ROOT + "stand..")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "app.Main")
        .should()
        .accessField(System.class, "out")
        .check(production);
  }

  @Test
  void onlyTheAppReadsTheEnvironment() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "domain..",
            ROOT + "wire..",
            ROOT + "aws..",
            ROOT + "redis..",
            ROOT + "files..",
            ROOT + "http..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(production);
  }
}
