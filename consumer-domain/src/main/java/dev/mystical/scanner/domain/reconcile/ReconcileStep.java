package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Scan;
import java.util.List;

/** What is to be done about the tasks of one scan. */
public sealed interface ReconcileStep {
  /** Tasks that run although nothing waits for them, and that the ledger cannot get stopped. */
  List<ScanTask> strays();

  /** Ledger and tasks agree. */
  record Fine() implements ReconcileStep {
    @Override
    public List<ScanTask> strays() {
      return List.of();
    }
  }

  /** This version cannot judge them, but another one of ours can. */
  record Leave() implements ReconcileStep {
    @Override
    public List<ScanTask> strays() {
      return List.of();
    }
  }

  /** The ledger does not have the scan: write it. */
  record Rebuild(Scan scan, List<ScanTask> strays) implements ReconcileStep {
    public Rebuild {
      strays = List.copyOf(strays);
    }
  }

  /** The ledger does not know all of it: commit this. The supervisor does what follows from it. */
  record Note(Found.Versioned before, Scan scan, List<ScanTask> strays) implements ReconcileStep {
    public Note {
      strays = List.copyOf(strays);
    }
  }

  /** Nothing is to be written. */
  record Stop(List<ScanTask> strays) implements ReconcileStep {
    public Stop {
      strays = List.copyOf(strays);
    }
  }
}
