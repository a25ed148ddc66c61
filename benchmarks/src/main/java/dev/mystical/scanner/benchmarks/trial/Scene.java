package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.Stub;
import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.stand.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stub and an empty Redis of its own for one program, and the programs started on it. */
final class Scene implements AutoCloseable {
  private final Places places;
  private final Contender contender;
  private final Stub stub;
  private final RedisServer redis;
  private final List<Program> programs = new ArrayList<>();
  private int sent;

  private Scene(Places places, Contender contender, StubRules rules) throws InterruptedException {
    this.places = places;
    this.contender = contender;
    this.redis = RedisServer.start();
    this.stub = Stub.start(rules);
  }

  static Scene open(Places places, Contender contender, StubRules rules)
      throws InterruptedException {
    return new Scene(places, contender, rules);
  }

  Contender contender() {
    return contender;
  }

  Stub stub() {
    return stub;
  }

  RedisInfo redis() {
    return new RedisInfo(redis.port());
  }

  /** Starts the program; settings of ours that the others do not know are lost on them. */
  Program start(Map<String, String> settings) {
    try {
      Path folder = Files.createTempDirectory(places.work(), contender.name());
      Map<String, String> environment = environment(folder);
      environment.putAll(settings);
      Program program = Program.start(places.command(contender), folder, environment);
      programs.add(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment(Path folder) {
    Map<String, String> names = new TreeMap<>();
    names.put("AWS_ACCESS_KEY", "AKIDEXAMPLE");
    names.put("AWS_SECRET_KEY", "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY");
    names.put("AWS_REGION", "us-east-1");
    names.put("AWS_ENDPOINT_URL", stub.endpoint().toString());
    names.put("CONSUMER_QUEUE_URL", stub.queueUrl());
    names.put("CLUSTER_NAME", "scans");
    names.put("TASK_DEFINITION_SONAR", "scanner");
    names.put("CONTAINER_SONAR", "scanner");
    names.put("LAUNCH_TYPE", "FARGATE");
    names.put("SUBNETS", "subnet-0a1b2c3d");
    names.put("REDIS_URL", redis.uri().toString());
    names.put("HTTP_PORT", "0");
    names.put("SPOOL_DIR", folder.resolve("spool").toString());
    return names;
  }

  /** Sends so many requests of one run each, no two alike. */
  void send(int requests) {
    for (int i = 0; i < requests; i++) {
      String unused = stub.queue().send(body(sent++));
    }
  }

  int sent() {
    return sent;
  }

  private static String body(int number) {
    return """
    {"scanId": "scan-%d", "project": {"key": "payments"}, "providers": ["sonar"],
     "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"}}
    """
        .formatted(number);
  }

  /** The name under which a request's task is started. */
  static String starter(int number) {
    return "scan/scan-" + number + "/sonar";
  }

  /** When RunTask was first called for a request, on this process's nano clock. */
  long askedAt(int number) {
    Long at = stub.tasks().firstAsked(starter(number));
    if (at == null) {
      throw new CannotMeasure("no RunTask for request " + number);
    }
    return at;
  }

  /** Whether all requests sent so far were launched and deleted. */
  boolean settled() {
    return stub.tasks().starters() >= sent && stub.queue().size() == 0;
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    stub.close();
    redis.close();
  }
}
