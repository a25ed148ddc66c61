package dev.mystical.scanner.local.scanner;

/** The process that scans a folder with Pmd; see {@link ScanProcess}. */
public final class PmdScan {

  private PmdScan() {}

  public static void main(String[] args) {
    ScanProcess.main(args, Pmd::new);
  }
}
