package dev.mystical.scanner.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.app.command.CommandRunner;
import dev.mystical.scanner.app.command.Outside;
import dev.mystical.scanner.app.command.Terminal;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scans the samples for real, in the way in which every client of the API can: with the program's
 * own {@code submit --api --wait}.
 */
final class Demo {
  /** The scan has succeeded; and it has, with findings that the request does not accept. */
  private static final Set<Integer> WORKED = Set.of(0, 6);

  private final List<String> providers;
  private final URI api;
  private final Path samples;
  private final PrintStream out;

  Demo(List<String> providers, URI api, Path samples, PrintStream out) {
    this.providers = List.copyOf(providers);
    this.api = api;
    this.samples = samples;
    this.out = out;
  }

  /** Answers whether every scanner did its work. */
  boolean run(Map<String, String> environment) throws InterruptedException {
    ByteArrayInputStream request = new ByteArrayInputStream(request().getBytes(UTF_8));
    CommandRunner runner =
        new CommandRunner(
            Terminal.ofProcess(request, out, out, environment),
            environment,
            Path.of(""),
            InstantSource.system(),
            new ApiAlone());
    return WORKED.contains(runner.run(List.of("submit", "-", "--api", api.toString(), "--wait")));
  }

  private String request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putObject("project").put("key", "samples").put("name", "Vulnerable samples");
    request.putObject("target").put("type", "path").put("path", samples.toString());
    providers.forEach(request.putArray("providers")::add);
    return request.toString();
  }

  /** A client of the API needs nothing of this. */
  private static final class ApiAlone implements CommandRunner.Parts {
    @Override
    public int serve(Settings settings) {
      throw new IllegalStateException("a client does not serve");
    }

    @Override
    public Outside outside(Settings settings) {
      throw new IllegalStateException("a client reaches the API alone");
    }

    @Override
    public RequestDecoder decoder(Settings settings) {
      throw new IllegalStateException("the API reads requests");
    }
  }
}
