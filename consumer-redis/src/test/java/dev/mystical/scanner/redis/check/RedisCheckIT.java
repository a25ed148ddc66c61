package dev.mystical.scanner.redis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.TestRedis;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

class RedisCheckIT {
  private static final String ENOUGH =
      "+@read +@write +@scripting +publish +time +ping -@dangerous +info";
  private static TestRedis redis;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void restore() throws InterruptedException {
    redis.configure("maxmemory-policy", "noeviction");
  }

  @Test
  void aFitRedisIsFoundFineAndLeftAsItWas() throws InterruptedException {
    Set<String> before = redis.connection().ask(it -> it.keys("*"));

    assertThat(check(redis.connection())).hasSize(4).allMatch(Finding.Ok.class::isInstance);

    Set<String> after = redis.connection().ask(it -> it.keys("*"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aRedisThatThrowsThingsAwayIsWarnedOf() throws InterruptedException {
    redis.configure("maxmemory-policy", "allkeys-lru");

    assertThat(check(redis.connection()))
        .filteredOn(Finding.Warning.class::isInstance)
        .singleElement()
        .satisfies(warning -> assertThat(warning.sentence()).contains("allkeys-lru"));
  }

  @Test
  void theRightsThatTheReadmeNamesAreEnough() throws InterruptedException {
    assertThat(checkAs("~scanner:* &scanner:* " + ENOUGH)).allMatch(Finding.Ok.class::isInstance);
  }

  @Test
  void eachCommandThatIsRefusedIsNamed() throws InterruptedException {
    for (String command :
        List.of(
            "ZADD", "ZRANGE", "XADD", "PUBLISH", "EVALSHA", "HSET", "HEXISTS", "DEL", "XREAD",
            "RENAME", "HGETALL", "HLEN", "ZCOUNT")) {
      List<Finding> findings =
          checkAs(
              "~scanner:* &scanner:* %s -%s".formatted(ENOUGH, command.toLowerCase(Locale.ROOT)));

      assertThat(findings)
          .filteredOn(Finding.Failure.class::isInstance)
          .as(command)
          .singleElement()
          .satisfies(
              failure -> assertThat(failure.sentence()).contains(command + " may not", "NOPERM"));
    }
  }

  @Test
  void aMissingRightToTheChannelIsFound() throws InterruptedException {
    assertThat(checkAs("~scanner:* " + ENOUGH))
        .filteredOn(Finding.Failure.class::isInstance)
        .singleElement()
        .satisfies(failure -> assertThat(failure.sentence()).contains("PUBLISH may not"));
  }

  @Test
  void aRefusedInfoIsNoFailure() throws InterruptedException {
    assertThat(checkAs("~scanner:* &scanner:* " + ENOUGH + " -info"))
        .noneMatch(Finding.Failure.class::isInstance)
        .filteredOn(Finding.Warning.class::isInstance)
        .hasSize(1);
  }

  @Test
  void aRedisThatIsNotThereIsTheOnlyFinding() throws InterruptedException {
    RedisAddress nowhere = RedisAddress.parse("redis://127.0.0.1:1");
    try (RedisConnection connection = RedisConnection.open(nowhere, 1, InstantSource.system())) {
      assertThat(check(connection)).singleElement().isInstanceOf(Finding.Failure.class);
    }
  }

  private static List<Finding> checkAs(String rights) throws InterruptedException {
    CommandArguments acl = new CommandArguments(Protocol.Command.ACL).add("SETUSER").add("narrow");
    for (String rule : ("reset resetchannels on >open-sesame " + rights).split(" ", -1)) {
      acl.add(rule);
    }
    redis.connection().ask(it -> it.executeCommand(acl));
    RedisAddress address =
        RedisAddress.parse("redis://narrow:open-sesame@127.0.0.1:" + redis.server().port());
    try (RedisConnection connection = RedisConnection.open(address, 2, InstantSource.system())) {
      return check(connection);
    }
  }

  private static List<Finding> check(RedisConnection connection) throws InterruptedException {
    return new RedisCheck(connection, new RedisKeys("scanner")).run();
  }
}
