package dev.mystical.scanner.benchmarks.trial;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** Asks a Redis about itself; a few lines of its protocol. */
record RedisInfo(int port) {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** The value of a line of INFO. */
  double info(String name) {
    return answer("INFO")
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new CannotMeasure("INFO has no " + name));
  }

  /** Bytes that a key takes; 0 where there is none. */
  double bytes(String key) {
    String answer = answer("MEMORY USAGE " + key + " SAMPLES 0");
    String first = answer.lines().findFirst().orElse("");
    return first.startsWith(":") ? Double.parseDouble(first.substring(1)) : 0;
  }

  private String answer(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      // The server closes after QUIT, which is how the end of an answer is known.
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(US_ASCII));
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      StringBuilder text = new StringBuilder();
      for (int next = reader.read(); next >= 0; next = reader.read()) {
        text.append((char) next);
      }
      return text.toString();
    } catch (IOException e) {
      throw new CannotMeasure("Redis does not answer " + command, e);
    }
  }
}
