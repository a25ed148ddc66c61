package dev.mystical.scanner.http;

import java.util.Map;

/**
 * What one client may take from the listener. The JDK's server has these as system properties
 * alone, which it reads once, when its first class is loaded; its defaults wait forever for a
 * request, and close kept connections above 200. What the command line sets is kept.
 */
final class ListenerLimits {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // In seconds, from the first byte of a request to its last.
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "2000");

  private ListenerLimits() {}

  static void apply() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
