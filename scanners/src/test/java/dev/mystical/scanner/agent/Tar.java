package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes tar files (POSIX.1-1988, ustar) as no honest program would. */
final class Tar {
  static final char FILE = '0';
  static final char HARD_LINK = '1';
  static final char LINK = '2';
  static final char DEVICE = '3';
  static final char FOLDER = '5';

  private static final int BLOCK = 512;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Tar file(String name, String text) {
    byte[] content = text.getBytes(ISO_8859_1);
    bytes.writeBytes(header(name, FILE, content.length, ""));
    bytes.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
    return this;
  }

  Tar entry(char type, String name, String target) {
    bytes.writeBytes(header(name, type, 0, target));
    return this;
  }

  private static byte[] header(String name, char type, int size, String target) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, target);
    put(header, 257, "ustar\00000");
    // A name that would shift the columns of a listing.
    put(header, 265, "a user/of many words");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] some = text.getBytes(ISO_8859_1);
    System.arraycopy(some, 0, header, at, some.length);
  }

  byte[] bytes() {
    byte[] all = bytes.toByteArray();
    return Arrays.copyOf(all, all.length + 2 * BLOCK);
  }

  Path write(Path file) throws IOException {
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes());
    }
    return file;
  }
}
