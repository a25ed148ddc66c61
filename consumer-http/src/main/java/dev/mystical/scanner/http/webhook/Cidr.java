package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.util.Optional;

/** A block of addresses of one family: all that begin with the same so many bits as its first. */
record Cidr(InetAddress first, int bits) {
  Cidr {
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("a block of %d bits of an address".formatted(bits));
    }
  }

  /** Reads {@code 10.0.0.0/8}, {@code fd00::/8}, {@code [::1]/128}, or an address by itself. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = Literals.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int all = address.get().getAddress().length * 8;
    String bits = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > all) {
      return Optional.empty();
    }
    return Optional.of(new Cidr(address.get(), Integer.parseInt(bits)));
  }

  /** A block that is known to be one. */
  static Cidr of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("no block of addresses: " + text));
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit) & 0xff;
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
