package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.ApiAddress;
import dev.mystical.scanner.app.client.ApiKey;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Understands a command line; throws {@link UsageProblem} where it cannot. Used once. */
final class CommandLineParser {
  private static final Set<String> EVERYWHERE =
      Set.of("--config", "--env-file", "--set", "--json", "--help", "--version");
  private static final Set<String> WITHOUT_VALUE =
      Set.of("--json", "--help", "--version", "--follow", "--dry-run", "--wait");

  /** Each command's own options. */
  private static final Map<String, Set<String>> COMMANDS =
      Map.of(
          "serve", Set.of(),
          "check", Set.of(),
          "submit", Set.of("--api", "--key", "--idempotency-key", "--wait"),
          "status", Set.of("--tenant"),
          "cancel", Set.of("--tenant"),
          "retry", Set.of("--tenant"),
          "redrive", Set.of("--dry-run"),
          "errors", Set.of("--follow", "--since", "--code"),
          "version", Set.of(),
          "help", Set.of());

  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[ -~]{1,255}");

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> flags = new HashMap<>();

  private CommandLineParser() {}

  static CommandLine parse(List<String> arguments) {
    CommandLineParser parser = new CommandLineParser();
    parser.sort(arguments);
    return parser.commandLine();
  }

  private void sort(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        words.addAll(arguments.subList(i + 1, arguments.size()));
        return;
      }
      // A lone dash names standard input.
      if (!argument.startsWith("-") || argument.equals("-")) {
        words.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = longName(equals < 0 ? argument : argument.substring(0, equals));
      if (WITHOUT_VALUE.contains(name)) {
        if (equals >= 0) {
          throw new UsageProblem(name + " takes no value");
        }
        options.put(name, "");
      } else if (equals >= 0) {
        option(name, argument.substring(equals + 1));
      } else if (known(name) && i + 1 < arguments.size()) {
        i++;
        option(name, arguments.get(i));
      } else if (known(name)) {
        throw new UsageProblem(name + " needs a value");
      } else {
        throw unknown("option", name, everyOption());
      }
    }
  }

  private static String longName(String name) {
    return switch (name) {
      case "-h" -> "--help";
      case "-f" -> "--follow";
      default -> name;
    };
  }

  private void option(String name, String value) {
    if (!name.equals("--set")) {
      options.put(name, value);
      return;
    }
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw new UsageProblem("--set takes NAME=VALUE, such as --set HTTP_PORT=8081");
    }
    flags.put(value.substring(0, equals), value.substring(equals + 1));
  }

  private CommandLine commandLine() {
    String name = words.isEmpty() ? "serve" : words.getFirst();
    if (options.containsKey("--help")) {
      name = "help";
    } else if (options.containsKey("--version")) {
      name = "version";
    }
    Set<String> own = COMMANDS.get(name);
    if (own == null) {
      throw unknown("command", name, COMMANDS.keySet());
    }
    for (String option : options.keySet()) {
      if (!EVERYWHERE.contains(option) && !own.contains(option)) {
        throw known(option)
            ? new UsageProblem("%s has no option %s".formatted(name, option))
            : unknown("option", option, everyOption());
      }
    }
    return new CommandLine(
        command(name), path("--config"), path("--env-file"), options.containsKey("--json"), flags);
  }

  private Command command(String name) {
    return switch (name) {
      case "serve" -> alone(name, new Command.Serve());
      case "check" -> alone(name, new Command.Check());
      case "submit" ->
          new Command.Submit(
              argument("submit", "a file, or - for standard input"),
              remote(),
              options.containsKey("--wait"));
      case "status" -> new Command.Status(scan(argument("status", "the id of a scan")));
      case "cancel" -> new Command.Cancel(scan(argument("cancel", "the id of a scan")));
      case "retry" -> new Command.Retry(scan(argument("retry", "the id of a scan")));
      case "redrive" ->
          new Command.Redrive(words.subList(1, words.size()), options.containsKey("--dry-run"));
      case "errors" ->
          alone(
              name,
              new Command.Errors(
                  options.containsKey("--follow"), value("--since").map(Since::parse), code()));
      case "version" -> new Command.Version();
      default -> new Command.Help();
    };
  }

  private Command alone(String name, Command command) {
    if (words.size() > 1) {
      throw new UsageProblem("%s takes no argument, such as %s".formatted(name, words.get(1)));
    }
    return command;
  }

  private String argument(String name, String what) {
    if (words.size() != 2) {
      throw new UsageProblem("%s takes one argument: %s".formatted(name, what));
    }
    return words.get(1);
  }

  private ScanKey scan(String id) {
    try {
      Tenant tenant = value("--tenant").map(Tenant::new).orElse(Tenant.DEFAULT);
      return new ScanKey(tenant, new ScanId(id));
    } catch (IllegalArgumentException e) {
      throw new UsageProblem(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Command.Remote> remote() {
    if (value("--api").isEmpty()) {
      for (String option : List.of("--key", "--idempotency-key")) {
        if (options.containsKey(option)) {
          throw new UsageProblem(option + " goes with --api URL");
        }
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Command.Remote(
              ApiAddress.parse(value("--api").orElseThrow()),
              value("--key").map(ApiKey::new),
              value("--idempotency-key").map(CommandLineParser::idempotencyKey)));
    } catch (IllegalArgumentException e) {
      // Without its cause: nothing of what was given may be shown.
      throw new UsageProblem(String.valueOf(e.getMessage()));
    }
  }

  private static String idempotencyKey(String text) {
    if (!IDEMPOTENCY_KEY.matcher(text).matches()) {
      throw new UsageProblem("--idempotency-key takes 1 to 255 printable ASCII characters");
    }
    return text;
  }

  private Optional<ErrorCode> code() {
    return value("--code")
        .map(text ->
            Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    unknown(
                        "error code",
                        text,
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::name).toList())));
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  private Optional<Path> path(String option) {
    try {
      return value(option).map(Path::of);
    } catch (InvalidPathException e) {
      throw new UsageProblem(option + " takes the path of a file", e);
    }
  }

  private static boolean known(String option) {
    return everyOption().contains(option);
  }

  private static Set<String> everyOption() {
    Set<String> every = new TreeSet<>(EVERYWHERE);
    COMMANDS.values().forEach(every::addAll);
    return every;
  }

  private static UsageProblem unknown(String kind, String name, Collection<String> known) {
    return new UsageProblem(
        "unknown %s %s; there are %s"
            .formatted(kind, name, String.join(", ", known.stream().sorted().toList())));
  }
}
