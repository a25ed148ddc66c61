package dev.mystical.scanner.local;

import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.aws.AwsAccess;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.aws.AwsConnection;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.local.scanner.Findings;
import dev.mystical.scanner.local.scanner.FindingsTable;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.feed.StreamReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scans the sample project for real, and tells each step as it happens. */
final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LocalStand stand;
  private final Settings settings;
  private final Path sample;
  private final TaskWatch tasks;
  private final Voice voice;

  Demo(LocalStand stand, Settings settings, Path sample, TaskWatch tasks, Voice voice) {
    this.stand = stand;
    this.settings = settings;
    this.sample = sample;
    this.tasks = tasks;
    this.voice = voice;
  }

  /** Answers whether every scanner did its work. */
  boolean run() throws InterruptedException {
    List<String> wanted =
        stand.providers().stream().filter(LocalProvider::isReady).map(LocalProvider::id).toList();
    RedisKeys keys = new RedisKeys(settings.redis().prefix());
    RedisAddress address = RedisAddress.parse(settings.redis().url().value());
    try (RedisConnection redis = RedisConnection.open(address, 4, InstantSource.system());
        AwsClients aws = AwsClients.open(connection())) {
      Thread events = tell(StreamReader.events(redis, keys));
      Thread errors = warn(StreamReader.errors(redis, keys));
      String id = aws.sender(stand.queue()).send(request(wanted), Map.of()).value();
      voice.say(Voice.Tone.STEP, "sqs", "request sent for " + sample + "; scan " + id);
      Map<String, TaskWatch.Ended> ended = tasks.await(wanted.size(), PATIENCE);
      events.interrupt();
      errors.interrupt();
      events.join();
      errors.join();
      return report(wanted, ended);
    }
  }

  private String request(List<String> wanted) {
    return """
    {"project": {"key": "vulnerable-java", "name": "Vulnerable sample"},
     "target": {"type": "path", "path": %s},
     "providers": [%s]}
    """
        .formatted(
            quoted(sample.toString()),
            String.join(", ", wanted.stream().map(Demo::quoted).toList()));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private boolean report(List<String> wanted, Map<String, TaskWatch.Ended> ended) {
    boolean good = true;
    for (String provider : wanted) {
      good &=
          Optional.ofNullable(ended.get(provider))
              .map(it -> report(provider, it))
              .orElseGet(() -> {
                voice.say(Voice.Tone.BAD, provider, "has not ended within " + PATIENCE);
                return false;
              });
    }
    return good;
  }

  private boolean report(String provider, TaskWatch.Ended ended) {
    if (ended.exitCode() != 0) {
      voice.say(Voice.Tone.BAD, provider, "did not do its work; its last words:");
      voice.show(log(provider, ended.taskArn()));
      return false;
    }
    try {
      Findings findings =
          Findings.read(stand.ecs().folder(ended.taskArn(), provider).resolve("report.sarif"));
      voice.show("");
      voice.say(Voice.Tone.GOOD, provider, "findings, worst first:");
      voice.show(new FindingsTable(voice.coloured()).of(findings));
      return true;
    } catch (IllegalArgumentException unreadable) {
      voice.say(Voice.Tone.BAD, provider, String.valueOf(unreadable.getMessage()));
      return false;
    }
  }

  private String log(String provider, String taskArn) {
    try {
      List<String> lines = Files.readAllLines(stand.ecs().logFile(taskArn, provider));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException | IllegalArgumentException none) {
      return "(it left none: " + none.getMessage() + ")";
    }
  }

  private Thread tell(StreamReader<StateChange> stream) {
    return Thread.ofVirtual()
        .name("demo-events")
        .start(() ->
            follow(() ->
                stream.follow(
                    EntryLog.START,
                    it ->
                        voice.say(
                            Voice.Tone.STEP,
                            "scan",
                            it.value().type().replace("dev.mystical.scanner.", "")))));
  }

  private Thread warn(StreamReader<ErrorEntry> stream) {
    return Thread.ofVirtual()
        .name("demo-errors")
        .start(() ->
            follow(() ->
                stream.follow(
                    EntryLog.START,
                    it ->
                        voice.say(
                            Voice.Tone.BAD,
                            "error",
                            it.value().event().code() + ": " + it.value().event().message()))));
  }

  private interface Following {
    void run() throws InterruptedException;
  }

  private static void follow(Following following) {
    try {
      following.run();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private AwsConnection connection() {
    return new AwsConnection(
        settings.aws().region(),
        new AwsConnection.Endpoints(
            Optional.empty(), Optional.of(stand.sqsEndpoint()), Optional.empty()),
        new AwsAccess.Keys("local", "local-secret", Optional.empty()),
        2);
  }
}
