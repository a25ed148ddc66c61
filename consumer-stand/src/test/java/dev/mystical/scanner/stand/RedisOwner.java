package dev.mystical.scanner.stand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that starts a Redis, says its folder, and waits to be killed. */
final class RedisOwner {

  private RedisOwner() {}

  @SuppressWarnings("SystemOut") // its standard output is how it speaks to the test
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("scanner-redis-owner-");
    int port = FreePort.onLoopback();
    Files.createDirectories(folder.resolve("data"));
    var unused =
        RedisProcess.launch(
            folder,
            RedisBinary.find(folder),
            port,
            List.of("--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--dir", "data"));
    System.out.println(folder);
    new CountDownLatch(1).await();
  }
}
