package dev.mystical.scanner.app.command;

/** How the program is used. */
final class HelpText {
  static final String ALL =
      """
      Mystical scanner consumer server: takes scan requests from SQS, runs each scanner as an ECS
      task, and tells people what failed.

      usage: java -jar consumer-app.jar [COMMAND] [OPTIONS]

      commands:
        serve                run the server; this is what happens without a command
        check                try the settings against SQS, ECS and Redis, and say what to mend
        submit FILE|-        check a scan request, send it to the queue, and print its scan id
          --api URL            send it to an API instead, which needs no settings
          --key K              the API's key; SCANNER_API_KEY in the environment does the same and
                               stands on no command line, where others can read it
          --idempotency-key I  so that the same request, sent again, is the same scan
          --wait               follow the scan to its end, and list the worst findings
        status ID            show a scan
          --tenant T           of another tenant than default
        cancel ID            end a scan, and stop its tasks; --tenant as above
        retry ID             launch what did not succeed of an ended scan once more
        redrive [ID...]      send dead letters back to the queue, all or those of these scans or
                             messages; what may have run is not run again
          --dry-run            show only what would be done
        errors               show the newest errors
          --follow, -f         and then all that come
          --since TIME         all since 15m, 2h or 1d ago, or since 2026-01-31T12:00:00Z
          --code CODE          those with this code alone
        version              say which version this is
        help                 show this text

      options:
        --config F           a HOCON file with settings
        --env-file F         a file with settings in place of .env in the working directory
        --set NAME=VALUE     one setting by its environment name; wins over all other places
        --json               answer for programs

      exit codes: 0 done, 1 unexpected, 2 usage or settings, or the scan's state does not allow it,
                  3 a check failed, 4 no such scan or dead letter; with --wait also
                  5 the scan did not succeed (nor did a PARTIAL one), 6 its verdict is FAIL,
                  whether it succeeded or not

      config/reference.md says what can be set.\
      """;

  private HelpText() {}
}
