package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.stand.RedisHold;
import dev.mystical.scanner.stand.RedisProxy;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.ContainerWork;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Servers around a program that is to be killed: a Redis that it reaches by a proxy, and a receiver
 * of webhooks. A task of {@code sonar} runs until it is stopped, one of {@code mystical} until
 * {@link #endTasks}.
 */
final class CrashStand implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String OUTBOX = "scanner:outbox";

  private final Path ended;
  private final SystemStand stand;
  private final RedisProxy redis;
  private final CallbackReceiver receiver = new CallbackReceiver();
  private final SystemLedger ledger;
  private final SystemEvents events;
  private final Settlement settlement;

  private CrashStand(Path folder) throws InterruptedException {
    ended = folder.resolve("ended");
    List<String> untilEnded =
        List.of("sh", "-c", "until [ -e '%s' ]; do sleep 0.1; done".formatted(ended));
    ContainerCommands commands =
        container ->
            container.name().contains("mystical")
                ? new ContainerWork.Command(untilEnded)
                : new ContainerWork.Scripted(new Fate.RunsOn(0));
    stand =
        SystemStand.start(
            folder, LocalEcsSettings.defaults().withCommands(commands), Duration.ofSeconds(10));
    redis = RedisProxy.before(stand.redisUri());
    ledger = stand.ledger();
    events = stand.events();
    settlement = new Settlement(stand);
  }

  static CrashStand in(Path folder) throws InterruptedException {
    return new CrashStand(folder);
  }

  Map<String, String> settings() {
    Map<String, String> settings = stand.quick();
    settings.put("REDIS_URL", redis.uri().toString());
    settings.put("TOKEN_KEY", "0123456789abcdef0123456789abcdef");
    settings.put("PUBLIC_URL", "http://127.0.0.1:1");
    settings.put("CALLBACK_ALLOW", "127.0.0.1");
    settings.put("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return settings;
  }

  Replica server() throws InterruptedException {
    return server(settings());
  }

  Replica server(Map<String, String> settings) throws InterruptedException {
    return stand.replica(settings).ready();
  }

  /** As a kernel out of memory does. */
  static void kill(Replica replica) throws InterruptedException {
    replica.sigkill();
    assertThat(replica.exitCode(PATIENCE)).isEqualTo(128 + 9);
  }

  RedisHold hold(RedisHold.Where where, Predicate<List<String>> command) {
    return redis.hold(where, command);
  }

  /** Launches a scan of one run, and gives its container. */
  ScanContainer launch(String scanId, String provider, String hook) {
    stand.send(
        """
        {"scanId": "%s", "project": {"key": "payments"}, "providers": ["%s"],
         "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"},
         "callback": {"url": "%s"}}
        """
            .formatted(scanId, provider, hook));
    return container(scanId);
  }

  /** The container of a scan's first task, once that is launched. */
  ScanContainer container(String scanId) {
    events.await(
        SystemEvents.EVENTS,
        event ->
            event.containsValue("dev.mystical.scanner.run.launched") && event.containsValue(scanId),
        1,
        PATIENCE);
    return stand.ecs().calls().runTasks().stream()
        .filter(call -> call.startedBy().startsWith("scan/" + scanId + "/"))
        .map(ScanContainer::of)
        .findFirst()
        .orElseThrow();
  }

  ScanContainer launch(String scanId) {
    return launch(scanId, "sonar", receiver.hook());
  }

  /** Launches a scan whose container begins and hands its report in. */
  ScanContainer reported(String scanId, Replica server) throws IOException, InterruptedException {
    ScanContainer container = launch(scanId);
    assertThat(container.start(server.address(), "task-1").statusCode()).isEqualTo(200);
    assertThat(container.report(server.address(), sarif("found")).statusCode()).isEqualTo(201);
    return container;
  }

  /** Launches a scan that then ends as it should. */
  void finished(String scanId, Replica server) throws IOException, InterruptedException {
    assertThat(reported(scanId, server).complete(server.address()).statusCode()).isEqualTo(204);
  }

  /** Ends the tasks of {@code mystical}, with exit code 0. */
  void endTasks() throws IOException {
    Files.createFile(ended);
  }

  /** Lets an hour go by for the webhooks: what was claimed is nobody's any more. */
  void anHourLater() {
    for (String webhook : events.redis().zrange(OUTBOX, 0, -1)) {
      events.redis().zincrby(OUTBOX, (double) -Duration.ofHours(1).toMillis(), webhook);
    }
  }

  List<String> outbox() {
    return events.redis().zrange(OUTBOX, 0, -1);
  }

  Scan awaitEnded(String scanId) throws InterruptedException {
    return settlement.awaitEnded(List.of(scanId), PATIENCE).values().iterator().next();
  }

  Run run(String scanId) throws InterruptedException {
    return ledger.scan(scanId).runs().getFirst();
  }

  SystemEvents events() {
    return events;
  }

  CallbackReceiver receiver() {
    return receiver;
  }

  CallbackReceiver.Call webhook() throws InterruptedException {
    return receiver.take(PATIENCE);
  }

  /** How many keys of Redis begin so. */
  long keys(String beginning) {
    return events.redis().keys(beginning + "*").size();
  }

  /** How long the one key of Redis still lasts that begins so, in ms. */
  long timeToLive(String beginning) {
    return events.redis().pttl(events.redis().keys(beginning + "*").iterator().next());
  }

  /** How often an end was told. */
  long ends(String scanId) {
    return events.all(SystemEvents.EVENTS).stream()
        .filter(event -> event.containsValue("dev.mystical.scanner.scan.ended"))
        .filter(event -> event.containsValue(scanId))
        .count();
  }

  /** The report as it is handed out is what the ledger says it is, and has what was found. */
  void assertWhole(Replica server, String scanId, String finding) throws InterruptedException {
    HttpResponse<String> answer = server.get("/v1/scans/" + scanId + "/report");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(finding);
    assertThat(run(scanId).report().map(StoredReport::sha256)).contains(sha256(answer.body()));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A report with one finding. */
  static String sarif(String finding) {
    return """
    {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "test", "rules": []}},
     "results": [{"ruleId": "r1", "level": "warning", "message": {"text": "%s"}}]}]}
    """
        .formatted(finding);
  }

  @Override
  public void close() {
    settlement.close();
    events.close();
    ledger.close();
    receiver.close();
    redis.close();
    stand.close();
  }
}
