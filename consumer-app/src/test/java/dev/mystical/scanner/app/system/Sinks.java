package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.system.Canaries.Secret;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** All that has come out of the program, by where. */
final class Sinks {
  private final List<Seen> seen = new ArrayList<>();

  /** A text, and where it was. */
  private record Seen(String place, String text, List<Secret> meantFor) {}

  /** A text that may have no secret but those that are meant for whoever gets it. */
  void add(String place, String text, Secret... meantFor) {
    seen.add(new Seen(place, text, List.copyOf(Arrays.asList(meantFor))));
  }

  HttpResponse<String> add(HttpResponse<String> answer, Secret... meantFor) {
    add(
        answer.request().method() + " " + answer.request().uri().getPath(),
        answer.statusCode() + "\n" + answer.headers().map() + "\n" + answer.body(),
        meantFor);
    return answer;
  }

  /** All of Redis, but for reports. The ledger has whole requests. */
  void addAll(RedisClient redis) {
    for (String key : redis.keys("*")) {
      String value =
          switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> key.contains(":report:") ? "" : redis.hgetAll(key).toString();
            case "zset" -> redis.zrange(key, 0, -1).toString();
            case "stream" -> redis.xrange(key, (StreamEntryID) null, null).toString();
            default -> throw new AssertionError(key + " is a " + redis.type(key));
          };
      switch (key) {
        case SystemEvents.ERRORS -> add(key, value);
        case SystemEvents.EVENTS -> add(key, value, Secret.CALLBACK_TOKEN);
        default -> add(key, key + value, Secret.CALLBACK_TOKEN, Secret.OPTION);
      }
    }
  }

  void addFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** That every text has what is meant for its reader at most. */
  void assertClean(Canaries canaries) {
    assertThat(seen).isNotEmpty();
    for (Seen each : seen) {
      assertThat(canaries.in(each.text()))
          .as("%s:\n%s", each.place(), each.text())
          .isSubsetOf(each.meantFor());
    }
  }

  /** That the search sees something where something is: a secret that somebody has to get. */
  void assertReached(Canaries canaries, Secret secret) {
    assertThat(seen.stream().map(Seen::text))
        .as("%s is somewhere", secret)
        .anySatisfy(text -> assertThat(canaries.in(text)).contains(secret));
  }
}
