package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a request's target. */
record TargetReader(PathTargets paths) {
  private static final TextRule TYPE = type("git, archive or web");
  private static final TextRule TYPE_OR_PATH = type("git, archive, web or path");
  private static final TextRule REF =
      TextRule.matching(
          255,
          Pattern.compile("(?!.*\\.\\.)\\w[\\w./-]*"),
          "a name of letters, digits and _ . / - that begins with a letter, a digit or _ and has"
              + " no ..");
  private static final TextRule COMMIT =
      TextRule.matching(64, Pattern.compile("[0-9a-fA-F]{7,64}"), "7 to 64 hexadecimal digits");
  private static final TextRule SHA256 =
      TextRule.matching(64, Pattern.compile("[0-9a-fA-F]{64}"), "64 hexadecimal digits");
  private static final TextRule SUBPATH =
      new TextRule(1_024, TargetReader::isBelow, "a relative path with / and without ..");
  private static final TextRule PATH = TextRule.upTo(2_048);

  /** Empty if there is anything wrong with it. */
  Optional<Target> read(Section target) {
    Optional<String> type =
        target.requiredText("type", paths == PathTargets.ALLOWED ? TYPE_OR_PATH : TYPE);
    if (type.isEmpty()) {
      target.allow(List.of("type", "url", "ref", "commit", "subpath", "sha256", "path"));
      return Optional.empty();
    }
    return switch (type.get()) {
      case "git" -> git(target);
      case "archive" -> archive(target);
      case "web" -> web(target);
      default -> path(target);
    };
  }

  private static TextRule type(String wanted) {
    return new TextRule(32, List.of("git", "archive", "web", "path")::contains, wanted);
  }

  private static Optional<Target> git(Section target) {
    target.allow(List.of("type", "url", "ref", "commit", "subpath"));
    Optional<String> url = target.requiredText("url", Urls.GIT);
    Optional<String> ref = target.text("ref", REF);
    Optional<String> commit = target.text("commit", COMMIT).map(TargetReader::lowerCase);
    Optional<String> subpath = target.text("subpath", SUBPATH);
    return url.map(at -> new Target.Git(at, ref, commit, subpath));
  }

  private static Optional<Target> archive(Section target) {
    target.allow(List.of("type", "url", "sha256"));
    Optional<String> url = target.requiredText("url", Urls.WEB);
    Optional<String> sha256 = target.requiredText("sha256", SHA256).map(TargetReader::lowerCase);
    return url.flatMap(at -> sha256.map(hash -> new Target.Archive(at, hash)));
  }

  private static Optional<Target> web(Section target) {
    target.allow(List.of("type", "url"));
    return target.requiredText("url", Urls.WEB).map(Target.Web::new);
  }

  private Optional<Target> path(Section target) {
    target.allow(List.of("type", "path"));
    if (paths == PathTargets.REFUSED) {
      target.problem("type", "must be git, archive or web; path is for local mode alone");
    }
    return target.requiredText("path", PATH).map(Target.Path::new);
  }

  private static boolean isBelow(String path) {
    return !path.isBlank()
        && !path.startsWith("/")
        && !path.contains("\\")
        && Arrays.stream(path.split("/", -1)).noneMatch(".."::equals);
  }

  /** Two writings of one hash ask for the same. */
  private static String lowerCase(String hex) {
    return hex.toLowerCase(Locale.ROOT);
  }
}
