package dev.mystical.scanner.app.service;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@code systemd-notify} of a test's own, which tells the test what it was told. One thread reads
 * it.
 */
public final class FakeSystemd implements AutoCloseable {
  private final Path programs;
  private final RandomAccessFile news;

  private FakeSystemd(Path programs, RandomAccessFile news) {
    this.programs = programs;
    this.news = news;
  }

  public static FakeSystemd in(Path folder) throws InterruptedException {
    try {
      Path programs = Files.createDirectory(folder.resolve("programs"));
      Path pipe = folder.resolve("news");
      if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
        throw new IOException("no named pipe");
      }
      program(
          programs, "echo \"$NOTIFY_SOCKET ${AWS_SECRET_KEY:-no-secret} $*\" > '" + pipe + "'\n");
      // For both directions: neither side waits for the other to open, and no end is ever read.
      return new FakeSystemd(programs, new RandomAccessFile(pipe.toFile(), "rw"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a program of these lines in the place of systemd's. */
  static void program(Path programs, String lines) throws IOException {
    Path program = Files.writeString(programs.resolve("systemd-notify"), "#!/bin/sh\n" + lines);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  /** What systemd gives a service, in an environment with a secret. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("NOTIFY_SOCKET", "/run/socket");
    environment.put("PATH", "/nowhere:" + programs);
    environment.put("AWS_SECRET_KEY", "of-the-service");
    return environment;
  }

  /** Waits for the next piece of news. */
  public String next() {
    try {
      return news.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      news.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
