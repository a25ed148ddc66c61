package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.app.Server;
import dev.mystical.scanner.app.command.CommandRunner;
import dev.mystical.scanner.app.command.ConnectedOutside;
import dev.mystical.scanner.app.command.Outside;
import dev.mystical.scanner.app.command.Terminal;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The program's own {@code check} of the local mode, and what the providers that are off lack. */
final class Check {

  private Check() {}

  /** Answers the exit code of the check; a provider that is off is no failure. */
  static int run(LocalStand stand, Map<String, String> further, PrintStream out)
      throws InterruptedException {
    ByteArrayInputStream nothing = new ByteArrayInputStream("".getBytes(UTF_8));
    CommandRunner runner =
        new CommandRunner(
            Terminal.ofProcess(nothing, out, out, System.getenv()),
            stand.variables(further),
            Path.of(""),
            InstantSource.system(),
            new Connected());
    int exitCode = runner.run(List.of("check"));
    stand.off().values().forEach(sentence -> out.println("off      " + sentence));
    return exitCode;
  }

  private static final class Connected implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) {
      throw new IllegalStateException("a check does not serve");
    }

    @Override
    public Outside outside(Settings settings) {
      return ConnectedOutside.open(settings, "local-check", InstantSource.system());
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      return new JsonRequestDecoder(Server.rules(settings, RequestRules.PathTargets.ALLOWED));
    }
  }
}
