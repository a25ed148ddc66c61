package dev.mystical.scanner.local;

import dev.mystical.scanner.app.Server;
import dev.mystical.scanner.app.log.LogSetup;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProviders;
import dev.mystical.scanner.wire.RequestRules;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** The local mode: everything on one machine, in one process, with nothing else installed. */
public final class LocalMain {
  private static final String USAGE =
      """
      scripts/local            starts everything and serves until Ctrl-C
      scripts/local --demo     scans the samples, prints their findings, and ends
      scripts/local --check    says what works, and what each provider that is off is missing
      Folders below the one where it is started can be scanned. HTTP_PORT picks the port (0: a free one).\
      """;

  private enum Mode {
    SERVE,
    DEMO,
    CHECK;

    static Optional<Mode> of(List<String> words) {
      if (words.isEmpty()) {
        return Optional.of(SERVE);
      }
      return words.size() > 1
          ? Optional.empty()
          : switch (words.getFirst()) {
            case "--demo" -> Optional.of(DEMO);
            case "--check" -> Optional.of(CHECK);
            default -> Optional.empty();
          };
    }
  }

  private LocalMain() {}

  /**
   * Expects the project's folder in the property {@code scanner.project}, and in {@code
   * scanner.root} the folder below which targets must lie.
   */
  @SuppressWarnings("SystemOut") // a program answers on its own streams; everything else logs
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Voice voice = new Voice(out, Colours.welcome(System.getenv()));
    List<String> words = List.of(arguments);
    if (words.equals(List.of("--help")) || words.equals(List.of("-h"))) {
      voice.show(USAGE);
      System.exit(0);
    }
    Optional<Mode> mode = Mode.of(words);
    if (mode.isEmpty()) {
      voice.show("unknown arguments: " + String.join(" ", words) + "\n" + USAGE);
      System.exit(2);
    }
    System.exit(run(mode.get(), voice, out));
  }

  private static int run(Mode mode, Voice voice, PrintStream out) throws InterruptedException {
    Path project = Path.of(System.getProperty("scanner.project", "")).toAbsolutePath();
    Path root =
        mode == Mode.DEMO
            ? project
            : Path.of(System.getProperty("scanner.root", "")).toAbsolutePath();
    List<LocalProvider> providers = LocalProviders.find(project, root, System.getenv());
    Path agent = project.resolve("scanners/agent/agent");
    voice.say(Voice.Tone.STEP, "local", "starting an SQS, a Redis and an ECS on this machine");
    try (LocalStand stand = LocalStand.start(providers, agent, new TaskWatch(voice))) {
      return mode == Mode.CHECK
          ? Check.run(stand, further(mode), out)
          : serve(mode, stand, project, voice, out);
    }
  }

  private static int serve(Mode mode, LocalStand stand, Path project, Voice voice, PrintStream out)
      throws InterruptedException {
    Settings settings = stand.settings(further(mode));
    if (mode == Mode.SERVE) {
      LogSetup.start(LogSetup.Format.TEXT, settings.secrets());
    }
    RequestRules rules =
        Server.rules(settings, RequestRules.PathTargets.ALLOWED).withOff(stand.off());
    Server server = Server.start(settings, rules);
    introduce(stand, server, voice);
    try {
      return mode == Mode.DEMO
          ? demo(stand, server, project, voice, out)
          : untilTheEnd(server, stand);
    } finally {
      server.stop();
    }
  }

  private static int demo(
      LocalStand stand, Server server, Path project, Voice voice, PrintStream out)
      throws InterruptedException {
    Path sample = project.resolve("samples");
    List<String> wanted =
        stand.providers().stream().filter(LocalProvider::isReady).map(LocalProvider::id).toList();
    boolean good = new Demo(wanted, server.address(), sample, out).run(System.getenv());
    voice.say(
        good ? Voice.Tone.GOOD : Voice.Tone.BAD,
        "local",
        good ? "every scanner did its work" : "not every scanner did its work");
    return good ? 0 : 5;
  }

  private static int untilTheEnd(Server server, LocalStand stand) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  try {
                    server.stop();
                    stand.close();
                  } catch (InterruptedException impatient) {
                    Thread.currentThread().interrupt();
                  }
                  Runtime.getRuntime().halt(0);
                }));
    new CountDownLatch(1).await();
    return 0;
  }

  private static Map<String, String> further(Mode mode) {
    Map<String, String> further = new TreeMap<>();
    String port = System.getenv("HTTP_PORT");
    // Scanners have to know it before the server has begun to listen.
    String chosen = port == null || port.isBlank() || port.equals("0") ? freePort() : port;
    further.put("HTTP_PORT", chosen);
    further.put("PUBLIC_URL", "http://127.0.0.1:" + chosen);
    if (mode == Mode.SERVE) {
      further.put("LOG_FORMAT", "text");
    }
    return further;
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  private static void introduce(LocalStand stand, Server server, Voice voice) {
    for (LocalProvider provider : stand.providers()) {
      switch (provider.readiness()) {
        case LocalProvider.Readiness.Ready ready ->
            voice.say(Voice.Tone.GOOD, "local", "provider " + provider.id() + " is on");
        case LocalProvider.Readiness.Missing missing ->
            voice.say(Voice.Tone.QUIET, "local", missing.sentence());
      }
    }
    voice.say(Voice.Tone.STEP, "local", "queue     " + stand.queue());
    voice.say(Voice.Tone.STEP, "local", "redis     " + stand.redisUri());
    voice.say(Voice.Tone.STEP, "local", "ecs       " + stand.ecs().endpoint());
    voice.say(Voice.Tone.STEP, "local", "api       " + server.address() + "/v1/scans");
    voice.say(Voice.Tone.STEP, "local", "health    " + server.address() + "/readyz");
    voice.say(
        Voice.Tone.QUIET,
        "local",
        "a request of your own: curl -H 'Content-Type: application/json' -d @request.json %s/v1/scans"
            .formatted(server.address()));
  }
}
