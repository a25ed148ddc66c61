package dev.mystical.scanner.stand;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What one client and Redis say to each other. One thread carries commands, another one answers; a
 * client that waits for each of its answers is what holds are made for.
 */
final class RedisConversation {
  private final Socket client;
  private final Socket redis;
  private final Function<List<String>, List<RedisHold>> holds;
  private final AtomicReference<List<RedisHold>> awaited = new AtomicReference<>(List.of());

  /**
   * A conversation that has not begun.
   *
   * @param holds finds what a command runs into
   */
  RedisConversation(Socket client, Socket redis, Function<List<String>, List<RedisHold>> holds) {
    this.client = client;
    this.redis = redis;
    this.holds = holds;
  }

  void carryCommands() throws IOException, InterruptedException {
    RedisCommands commands = new RedisCommands(new BufferedInputStream(client.getInputStream()));
    while (true) {
      List<String> command = commands.next();
      List<RedisHold> met = awaited.get().isEmpty() ? holds.apply(command) : List.of();
      for (RedisHold hold : met) {
        switch (hold.where()) {
          case BEFORE -> hold.hold();
          case ANSWER -> awaited.set(List.of(hold));
        }
      }
      redis.getOutputStream().write(RedisCommands.bytes(command));
    }
  }

  void carryAnswers() throws IOException, InterruptedException {
    InputStream in = redis.getInputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      boolean refused = buffer[0] == '-';
      if (!refused) {
        for (RedisHold hold : awaited.getAndSet(List.of())) {
          hold.hold();
        }
      }
      client.getOutputStream().write(buffer, 0, read);
    }
    throw new EOFException("Redis is gone");
  }
}
