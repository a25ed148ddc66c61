package dev.mystical.scanner.domain.reconcile;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.supervise.ListedTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanTaskTest {
  private static final ScanKey KEY = new ScanKey(new Tenant("acme"), new ScanId("scan-1"));

  private final Scan scan = SampleScans.queued(KEY, SampleScans.plain(SONAR), TaskMaker.START);
  private final ListedTask listed = TaskMaker.sealing().task(scan, SONAR, 2).listed();

  @Test
  void nameAndTagsSayWhichAttemptItIs() {
    ScanTask task = ScanTask.of(listed).orElseThrow();

    assertThat(task.scan()).isEqualTo(KEY);
    assertThat(task.provider()).isEqualTo(SONAR);
    assertThat(task.attempt()).isEqualTo(2);
    assertThat(task.deadline()).isEqualTo(TaskMaker.START.plusSeconds(3_600));
  }

  @Test
  void whatContradictsItselfOrLacksSomethingIsSomebodyElses() {
    for (Map.Entry<String, String> wrong :
        List.of(
            Map.entry("scan:id", "scan-2"),
            Map.entry("scan:id", "no good"),
            Map.entry("scan:tenant", "ACME"),
            Map.entry("scan:provider", "mystical"),
            Map.entry("scan:run", "scan-1.mystical"),
            Map.entry("scan:attempt", "0"),
            Map.entry("scan:attempt", "one"),
            Map.entry("scan:deadline", "soon"))) {
      ListedTask other = ListedTasks.tagged(listed, wrong.getKey(), Optional.of(wrong.getValue()));
      assertThat(ScanTask.of(other)).as("%s", wrong).isEmpty();
    }
    for (String tag : listed.tags().keySet()) {
      assertThat(ScanTask.of(ListedTasks.tagged(listed, tag, Optional.empty()))).as(tag).isEmpty();
    }
  }

  @Test
  void whatWasStartedUnderAnotherNameIsSomebodyElses() {
    for (String name : List.of("", "ops", "scan/scan-1", "scan/scan-1/mystical", "scan/x/sonar")) {
      assertThat(ScanTask.of(ListedTasks.startedBy(listed, name))).as(name).isEmpty();
    }
  }

  @Test
  void onlyWhatRunsAndIsToRunIsAlive() {
    assertThat(alive("PROVISIONING", "RUNNING")).isTrue();
    assertThat(alive("RUNNING", "RUNNING")).isTrue();
    assertThat(alive("RUNNING", "STOPPED")).isFalse();
    assertThat(alive("DEPROVISIONING", "STOPPED")).isFalse();
    assertThat(alive("STOPPED", "STOPPED")).isFalse();
    assertThat(alive("DELETED", "RUNNING")).isFalse();
  }

  private boolean alive(String lastStatus, String desiredStatus) {
    return ScanTask.of(ListedTasks.in(listed, lastStatus, desiredStatus)).orElseThrow().alive();
  }
}
