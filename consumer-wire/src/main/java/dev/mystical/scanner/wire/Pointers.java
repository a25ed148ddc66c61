package dev.mystical.scanner.wire;

/** Makes JSON pointers (RFC 6901). */
final class Pointers {
  private Pointers() {}

  static String to(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static String to(String parent, int index) {
    return parent + "/" + index;
  }
}
