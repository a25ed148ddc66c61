package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.wire.ErrorDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAddParams;

/** Writes errors to the stream and to the channel, many at a time. */
record ErrorStream(RedisConnection redis, RedisKeys keys) {
  private static final long KEPT = 100_000;

  /**
   * Appends errors in their order, and answers how many of the first ones are in the stream: all,
   * or those before the first that Redis refused.
   *
   * @throws dev.mystical.scanner.domain.ledger.LedgerUnavailable if none is, as far as is known
   */
  int append(List<ErrorEntry> entries) throws InterruptedException {
    // Whatever can fail by itself is done before the call.
    List<? extends Map<String, String>> fields =
        entries.stream().map(ErrorDocument::fields).toList();
    List<String> texts = entries.stream().map(ErrorDocument::json).toList();
    return redis.ask(client -> appended(client, fields, texts));
  }

  private int appended(
      RedisClient client, List<? extends Map<String, String>> fields, List<String> texts) {
    XAddParams bounded = XAddParams.xAddParams().maxLen(KEPT).approximateTrimming();
    List<Response<StreamEntryID>> answers = new ArrayList<>();
    try (Pipeline pipeline = client.pipelined()) {
      for (int i = 0; i < fields.size(); i++) {
        answers.add(pipeline.xadd(keys.errors(), bounded, fields.get(i)));
        pipeline.publish(keys.errors(), texts.get(i));
      }
      pipeline.sync();
    }
    int written = 0;
    for (Response<StreamEntryID> answer : answers) {
      try {
        answer.get();
      } catch (JedisDataException e) {
        if (written == 0) {
          throw e;
        }
        return written;
      }
      written++;
    }
    return written;
  }
}
