package dev.mystical.scanner.stand.ecs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A named pipe on which a test hears from a process, which waits there until the test listens. */
record Rendezvous(Path pipe) {

  static Rendezvous in(Path folder) throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IOException("mkfifo failed");
    }
    return new Rendezvous(pipe);
  }

  /** What a process writes into the pipe; waits for it. */
  String hear() throws IOException {
    return Files.readString(pipe).strip();
  }
}
