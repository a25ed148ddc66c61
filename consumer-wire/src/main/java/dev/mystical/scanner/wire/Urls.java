package dev.mystical.scanner.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which URLs may appear in a request. What stands behind them is checked where they are used. */
final class Urls {
  static final TextRule WEB = rule(Urls::isWeb, "an http or https URL without user info");
  static final TextRule GIT =
      rule(
          Urls::isGit,
          "an https URL without user info, an ssh URL without password, or git@host:path");

  private static final int LONGEST = 2_048;
  private static final int LAST_PORT = 65_535;
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]+");
  // Neither may begin with a dash: git would hand it to ssh as an option.
  private static final Pattern SCP =
      Pattern.compile("git@[A-Za-z0-9][A-Za-z0-9.-]*:[\\w.~/][\\w.~/+@-]*");
  private static final Pattern SSH_USER = Pattern.compile("\\w[\\w.-]*");

  private Urls() {}

  private static TextRule rule(Predicate<String> holds, String wanted) {
    return new TextRule(LONGEST, holds, wanted);
  }

  private static boolean isWeb(String text) {
    return isServer(text, Set.of("http", "https"), Optional::isEmpty);
  }

  private static boolean isGit(String text) {
    return isServer(text, Set.of("https"), Optional::isEmpty)
        || isServer(text, Set.of("ssh"), Urls::isSshUser)
        || SCP.matcher(text).matches();
  }

  private static boolean isServer(
      String text, Set<String> schemes, Predicate<Optional<String>> userFits) {
    if (!PLAIN.matcher(text).matches()) {
      return false;
    }
    try {
      URI url = new URI(text);
      return url.getScheme() != null
          && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
          && url.getHost() != null
          && url.getPort() <= LAST_PORT
          && userFits.test(Optional.ofNullable(url.getRawUserInfo()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isSshUser(Optional<String> user) {
    return user.isEmpty() || SSH_USER.matcher(user.get()).matches();
  }
}
