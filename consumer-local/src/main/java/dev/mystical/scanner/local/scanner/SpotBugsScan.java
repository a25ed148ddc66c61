package dev.mystical.scanner.local.scanner;

/** The process that scans a folder with SpotBugs; see {@link ScanProcess}. */
public final class SpotBugsScan {

  private SpotBugsScan() {}

  public static void main(String[] args) {
    ScanProcess.main(args, SpotBugs::new);
  }
}
