package dev.mystical.scanner.http.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells which addresses are not public, and why.
 *
 * <p>The table is that of IANA's registries of special-purpose addresses, with what lies around
 * them: multicast, and the address at which one cloud serves its machines although it is public.
 * All of a registry's entries count, those too that are reached globally, since no receiver lives
 * at any of them. The JDK's own predicates ({@code isSiteLocalAddress} and its like) know neither
 * {@code fc00::/7} nor {@code 100.64.0.0/10} nor most others.
 *
 * <p>IPv6 goes the other way round: what is not {@code 2000::/3} is not public, whatever will be
 * made of it. One block outside is looked into: {@code 64:ff9b::/96} stands for an IPv4 address
 * where a network has NAT64, and name servers there answer with it for every host of the old kind.
 * It is as public as the address inside. Tunnels (6to4, Teredo) are out of use and never public.
 */
final class SpecialAddresses {
  private record Block(Cidr addresses, String use) {
    static Block of(String addresses, String use) {
      return new Block(Cidr.of(addresses), use);
    }
  }

  private static final Cidr GLOBAL_UNICAST = Cidr.of("2000::/3");
  private static final Cidr MAPPED = new Cidr(exactly(mapped()), 96);
  private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

  private static final List<Block> BLOCKS =
      List.of(
          Block.of("0.0.0.0/8", "this network"),
          Block.of("10.0.0.0/8", "private use"),
          Block.of("100.64.0.0/10", "carrier-grade NAT"),
          Block.of("127.0.0.0/8", "loopback"),
          Block.of("168.63.129.16/32", "a cloud's own services"),
          Block.of("169.254.0.0/16", "link-local"),
          Block.of("172.16.0.0/12", "private use"),
          Block.of("192.0.0.0/24", "protocol assignments"),
          Block.of("192.0.2.0/24", "documentation"),
          Block.of("192.31.196.0/24", "AS112"),
          Block.of("192.52.193.0/24", "multicast tunnels"),
          Block.of("192.88.99.0/24", "6to4 relays"),
          Block.of("192.168.0.0/16", "private use"),
          Block.of("192.175.48.0/24", "AS112"),
          Block.of("198.18.0.0/15", "benchmarks"),
          Block.of("198.51.100.0/24", "documentation"),
          Block.of("203.0.113.0/24", "documentation"),
          Block.of("224.0.0.0/4", "multicast"),
          Block.of("255.255.255.255/32", "broadcast"),
          Block.of("240.0.0.0/4", "reserved"),
          Block.of("::/128", "unspecified"),
          Block.of("::1/128", "loopback"),
          Block.of("::/96", "IPv4-compatible"),
          Block.of("64:ff9b:1::/48", "local NAT64"),
          Block.of("100::/64", "discard"),
          Block.of("100:0:0:1::/64", "dummy"),
          Block.of("2001::/32", "Teredo"),
          Block.of("2001:2::/48", "benchmarks"),
          Block.of("2001:10::/28", "ORCHID"),
          Block.of("2001:20::/28", "ORCHID"),
          Block.of("2001:30::/28", "drone identities"),
          Block.of("2001::/23", "protocol assignments"),
          Block.of("2001:db8::/32", "documentation"),
          Block.of("2002::/16", "6to4"),
          Block.of("2620:4f:8000::/48", "AS112"),
          Block.of("3ffe::/16", "the former 6bone"),
          Block.of("3fff::/20", "documentation"),
          Block.of("5f00::/16", "segment routing"),
          Block.of("fc00::/7", "private use"),
          Block.of("fe80::/10", "link-local"),
          Block.of("fec0::/10", "private use"),
          Block.of("ff00::/8", "multicast"));

  private SpecialAddresses() {}

  /** What an address is set aside for; empty if it is public. */
  static Optional<String> use(InetAddress address) {
    if (MAPPED.contains(address) || NAT64.contains(address)) {
      return use(inner(address));
    }
    Optional<String> use =
        BLOCKS.stream()
            .filter(block -> block.addresses().contains(address))
            .map(Block::use)
            .findFirst();
    boolean v4 = address.getAddress().length == 4;
    return use.isPresent() || v4 || GLOBAL_UNICAST.contains(address)
        ? use
        : Optional.of("not allocated");
  }

  /** The IPv4 address that is the end of one of IPv6. */
  private static InetAddress inner(InetAddress address) {
    return exactly(Arrays.copyOfRange(address.getAddress(), 12, 16));
  }

  // Text cannot name it: the JDK reads it as the IPv4 address inside.
  private static byte[] mapped() {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    return bytes;
  }

  private static InetAddress exactly(byte[] bytes) {
    try {
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address has %d bytes".formatted(bytes.length), e);
    }
  }
}
