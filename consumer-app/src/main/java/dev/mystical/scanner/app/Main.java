package dev.mystical.scanner.app;

import dev.mystical.scanner.app.command.CommandRunner;
import dev.mystical.scanner.app.command.ConnectedOutside;
import dev.mystical.scanner.app.command.Outside;
import dev.mystical.scanner.app.command.Terminal;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The program's entry. */
public final class Main {
  private Main() {}

  @SuppressWarnings("SystemOut") // a program answers on its own streams; everything else logs
  public static void main(String[] arguments) throws InterruptedException {
    Terminal terminal = Terminal.ofProcess(System.in, System.out, System.err, System.getenv());
    CommandRunner runner =
        new CommandRunner(
            terminal, System.getenv(), Path.of(""), InstantSource.system(), new ProgramParts());
    System.exit(runner.run(List.of(arguments)));
  }

  /** What commands are made of. */
  private static final class ProgramParts implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) throws InterruptedException {
      return Serving.serve(settings);
    }

    @Override
    public Outside outside(Settings settings) {
      return ConnectedOutside.open(settings, "command-" + NodeName.fresh(), InstantSource.system());
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      return new JsonRequestDecoder(Server.rules(settings, RequestRules.PathTargets.REFUSED));
    }
  }
}
