package dev.mystical.scanner.local.scanner;

/** What a scan's process ends with; ECS hands it on. */
enum ExitCode {
  /** Everything was looked at and the report is in place. */
  SCANNED(0),
  /** An error in this program. */
  UNEXPECTED(1),
  /** The order makes no sense here: a wrong target, a folder outside the allowed one. */
  ORDER_REFUSED(2),
  /** The folder holds nothing that can be scanned, or not all of it can. */
  NOT_SCANNABLE(3),
  /** The tool failed, or its report is missing, unreadable, or admits that the scan failed. */
  TOOL_FAILED(4),
  /** The scan's deadline has passed; the number is that of the timeout command. */
  TOO_LATE(124);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
