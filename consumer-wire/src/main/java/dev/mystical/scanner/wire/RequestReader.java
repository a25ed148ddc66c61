package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Reads the fields of a request's tree, and notes everything that is wrong with them. */
record RequestReader(RequestRules rules, Problems problems) {
  private static final List<String> FIELDS =
      List.of(
          "schema",
          "scanId",
          "tenant",
          "project",
          "target",
          "providers",
          "policy",
          "timeoutSeconds",
          "callback",
          "tags");
  private static final TextRule SCHEMA =
      new TextRule(64, RequestDocument.SCHEMA::equals, RequestDocument.SCHEMA);
  private static final TextRule SCAN_ID = fitting(64, ScanId.PATTERN);
  private static final TextRule TENANT = fitting(32, Tenant.PATTERN);
  private static final TextRule PROJECT_KEY = fitting(128, Project.KEY);
  private static final List<String> SEVERITIES =
      Arrays.stream(FailOn.values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
  private static final TextRule FAIL_ON =
      new TextRule(32, SEVERITIES::contains, "one of " + String.join(", ", SEVERITIES));
  private static final Section.MapRule TAGS =
      new Section.MapRule(10, TextRule.upTo(64), TextRule.anyUpTo(128));

  /** Empty if there is anything wrong with it; problems may be noted elsewhere too. */
  Optional<ScanRequest> read(Section root) {
    root.text("schema", SCHEMA);
    identity(root);
    Optional<Project> project = root.requiredSection("project").flatMap(RequestReader::project);
    Optional<Target> target =
        root.requiredSection("target").flatMap(new TargetReader(rules.paths())::read);
    List<RequestedProvider> providers = new ProvidersReader(rules, problems).read(root);
    FailOn failOn = root.section("policy").flatMap(RequestReader::failOn).orElse(FailOn.HIGH);
    Optional<Duration> timeout =
        root.integer("timeoutSeconds", 60, 43_200).map(Duration::ofSeconds);
    Optional<String> callback = root.section("callback").flatMap(RequestReader::callback);
    SortedMap<String, String> tags = root.texts("tags", TAGS);
    root.allow(FIELDS);
    if (!problems.none() || project.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ScanRequest(project.get(), target.get(), providers, failOn, timeout, callback, tags));
  }

  private void identity(Section root) {
    switch (rules.sender()) {
      case QUEUE -> {
        root.text("scanId", SCAN_ID);
        root.text("tenant", TENANT);
      }
      case CLIENT -> {
        for (String name : List.of("scanId", "tenant")) {
          if (root.node().has(name)) {
            root.problem(name, "must not be given: the server sets it");
          }
        }
      }
    }
  }

  private static Optional<Project> project(Section section) {
    section.allow(List.of("key", "name"));
    Optional<String> key = section.requiredText("key", PROJECT_KEY);
    Optional<String> name = section.text("name", TextRule.upTo(128));
    return key.map(good -> new Project(good, name));
  }

  private static Optional<FailOn> failOn(Section section) {
    section.allow(List.of("failOn"));
    return section
        .text("failOn", FAIL_ON)
        .map(word -> FailOn.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> callback(Section section) {
    section.allow(List.of("url"));
    return section.requiredText("url", Urls.WEB);
  }

  private static TextRule fitting(int longest, Pattern pattern) {
    return TextRule.matching(longest, pattern, "a text that fits ^" + pattern.pattern() + "$");
  }
}
