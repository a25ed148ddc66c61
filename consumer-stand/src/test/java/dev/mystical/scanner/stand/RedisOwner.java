package dev.mystical.scanner.stand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that starts a Redis, says its process id and folder, and waits to be killed. */
final class RedisOwner {

  private RedisOwner() {}

  @SuppressWarnings("SystemOut") // its standard output is how it speaks to the test
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("scanner-redis-owner-");
    int port = FreePort.onLoopback();
    Files.createDirectories(folder.resolve("data"));
    RedisProcess process =
        RedisProcess.launch(
            folder,
            RedisBinary.find(folder),
            port,
            List.of("--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--dir", "data"));
    System.out.println(process.pid() + " " + folder);
    new CountDownLatch(1).await();
  }
}
