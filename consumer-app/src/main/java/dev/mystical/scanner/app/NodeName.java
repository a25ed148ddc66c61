package dev.mystical.scanner.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A name for one boot of one process: a restarted process is another one to all others. */
final class NodeName {
  private NodeName() {}

  static String fresh() {
    byte[] boot = new byte[4];
    new SecureRandom().nextBytes(boot);
    return host() + "-" + HexFormat.of().formatHex(boot);
  }

  private static String host() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
      return name.length() > 60 ? name.substring(0, 60) : name;
    } catch (UnknownHostException nameless) {
      return "node";
    }
  }
}
