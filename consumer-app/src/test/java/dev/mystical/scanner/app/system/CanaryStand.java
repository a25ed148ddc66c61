package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.app.system.Canaries.Secret;
import dev.mystical.scanner.stand.ecs.ContainerWork;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;

/** Servers around a program that is given secrets, each of which is planted. */
final class CanaryStand implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String HOST_OF_GIT = "git.example.com/acme/payments.git";

  private static final String REDIS_PASSWORD = "r3dis-canary-Word-0123456789-xyz";
  private static final String WEBHOOK_SECRET =
      "whsec_"
          + Base64.getEncoder().encodeToString("webhook-canary-0123456789-abcdef".getBytes(UTF_8));

  final Canaries canaries = new Canaries();
  final Sinks sinks = new Sinks();
  final SystemStand stand;
  final CallbackReceiver receiver = new CallbackReceiver();
  private final HttpClient http = HttpClient.newHttpClient();
  final String key = canaries.plant(Secret.API_KEY, "api-key/canary+0123456789=abcdefgh");
  final String operator = canaries.plant(Secret.OPERATOR_KEY, "operator/canary+9876543210=zyxw");
  final String wrongKey = canaries.plant(Secret.WRONG_KEY, "wrong/canary+5432109876=qponmlk");
  final String git = canaries.plant(Secret.GIT_PASSWORD, "ghp_gitCanary0123456789abcdefghij");
  final String callback =
      canaries.plant(Secret.CALLBACK_PASSWORD, "callbackCanary0123456789mnopqrst");
  final String hookToken = canaries.plant(Secret.CALLBACK_TOKEN, "hookCanary0123456789uvwxyzabcd");
  final String option = canaries.plant(Secret.OPTION, "squ_optionCanary0123456789efghijk");
  final String awsSecret =
      canaries.plant(Secret.AWS_SECRET_KEY, "wJalrXUtnFEMI/K7MDENG+canaryEXAMPLEKEY");
  final String tokenKey =
      canaries.plant(Secret.TOKEN_KEY, "token/key+canary=0123456789abcdefghijkl");

  CanaryStand(Path folder) throws InterruptedException {
    canaries.plant(Secret.REDIS_PASSWORD, REDIS_PASSWORD);
    canaries.plant(Secret.WEBHOOK_SECRET, WEBHOOK_SECRET);
    stand =
        SystemStand.start(
            folder,
            LocalEcsSettings.defaults()
                .withCommands(container -> new ContainerWork.Scripted(new Fate.RunsOn(0))),
            Duration.ofSeconds(10));
    letIn();
  }

  /** Makes the program's user known to Redis, which forgets it with every restart. */
  void letIn() {
    try (SystemEvents events = stand.events()) {
      CommandArguments user =
          new CommandArguments(Protocol.Command.ACL)
              .add("SETUSER")
              .add("scanner")
              .add("on")
              .add(">" + REDIS_PASSWORD)
              .add("~*")
              .add("&*")
              .add("+@all");
      events.redis().executeCommand(new CommandObject<>(user, BuilderFactory.STRING));
    }
  }

  Map<String, String> settings() {
    Map<String, String> settings = stand.quick();
    settings.put("AWS_SECRET_KEY", awsSecret);
    settings.put("REDIS_URL", redisUrl(REDIS_PASSWORD));
    settings.put("TOKEN_KEY", tokenKey);
    settings.put("WEBHOOK_SECRET", WEBHOOK_SECRET);
    settings.put("API_KEYS", "acme:%s,*:%s".formatted(sha256(key), sha256(operator)));
    settings.put("PUBLIC_URL", "http://127.0.0.1:1");
    settings.put("CALLBACK_ALLOW", "127.0.0.1");
    return settings;
  }

  String redisUrl(String password) {
    return "redis://scanner:%s@127.0.0.1:%d".formatted(password, stand.redisUri().getPort());
  }

  /** A request with a secret for its container and one for its receiver. */
  String request(String project) {
    return """
    {"project": {"key": "%s"}, "target": {"type": "git", "url": "https://%s"},
     "providers": [{"id": "sonar", "options": {"SONAR_TOKEN": "%s"}}],
     "callback": {"url": "%s?token=%s"}}
    """
        .formatted(project, HOST_OF_GIT, option, receiver.hook(), hookToken);
  }

  /** A request whose target or callback has a password, which nobody takes. */
  List<String> refusedRequests() {
    String withGit =
        """
        {"project": {"key": "payments"}, "providers": ["sonar"],
         "target": {"type": "git", "url": "https://user:%s@%s"}}
        """
            .formatted(git, HOST_OF_GIT);
    String withCallback =
        """
        {"project": {"key": "payments"}, "providers": ["sonar"],
         "target": {"type": "git", "url": "https://%s"},
         "callback": {"url": "https://user:%s@hooks.example.com/"}}
        """
            .formatted(HOST_OF_GIT, callback);
    String broken = "{\"token\": \"%s\", \"url\": \"https://user:%s@%s".formatted(option, git, "x");
    return List.of(withGit, withCallback, broken, withGit.replace("payments", option));
  }

  HttpResponse<String> call(
      Replica server, String method, String path, String bearer, String body, Secret... meantFor)
      throws IOException, InterruptedException {
    URI address = server.address();
    return sinks.add(
        http.send(
            HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString()),
        meantFor);
  }

  HttpResponse<String> get(Replica server, String path, Secret... meantFor)
      throws IOException, InterruptedException {
    return call(server, "GET", path, key, "", meantFor);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    http.close();
    receiver.close();
    stand.close();
  }
}
