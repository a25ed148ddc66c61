package dev.mystical.scanner.app.client;

/** Scans for tests, as the API shows them. */
public final class Documents {
  private Documents() {}

  /** A scan of one run. */
  public static String scan(String status, String runStatus, String more) {
    return """
    {"scanId":"s1","tenant":"default","status":"%s",%s
     "runs":[{"runId":"s1.sonar","provider":"sonar","required":true,"status":"%s",
              "attempts":[{"attempt":1}],"progress":{"phase":"analysing","percent":42}}],
     "links":{"self":"/v1/scans/s1"}}
    """
        .formatted(status, more, runStatus);
  }

  /** One that has ended, with one high finding. */
  public static String ended(String status, String verdict) {
    return scan(
        status,
        status.equals("SUCCEEDED") ? status : "FAILED",
        """
        "coverage":"full","verdict":"%s","createdAt":"2026-01-02T03:04:05Z",
        "summary":{"critical":0,"high":1,"medium":0,"low":0,"info":0},
        """
            .formatted(verdict));
  }

  /** The report of {@link #ended}. */
  public static String report() {
    return """
    {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Sonar"}},"results":[
      {"ruleId":"S1","level":"error","message":{"text":"Bad SQL"},"locations":[{"physicalLocation":
        {"artifactLocation":{"uri":"src/Orders.java"},"region":{"startLine":19}}}]}]}]}
    """;
  }
}
