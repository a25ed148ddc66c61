package dev.mystical.scanner.http;

import java.time.Duration;

/** What the listener gives its clients: how much time, and how much room. */
record ListenerTerms(Times times, Room room) {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  /** Those that stand in docs/operations.md. */
  static ListenerTerms standard() {
    return new ListenerTerms(
        new Times(TEN_SECONDS, TEN_SECONDS, HALF_A_MINUTE, HALF_A_MINUTE, Duration.ofSeconds(2)),
        new Room(10_000, 2_500, 2_000));
  }

  /**
   * How long a client may take.
   *
   * @param firstByte of its first request, from its connection
   * @param head from a request's first byte to the end of its head
   * @param idle from an answer to the first byte of the next request
   * @param write to take the next 16 KiB of an answer
   * @param rest to send, after an answer, what nobody reads any more
   */
  record Times(Duration firstByte, Duration head, Duration idle, Duration write, Duration rest) {}

  /**
   * How many may be there at once.
   *
   * @param connections in all. When there are more, those that wait for their client longest are
   *     closed, so that the slow never keep out the quick
   * @param perPeer of one address (of one /64 with IPv6), by the same rule; loopback has no such
   *     limit. It is above {@code requests}, because all clients of a load balancer come from few
   *     addresses, and none of those has honest use for more
   * @param requests that are being handled; live streams and questions after our health not counted
   */
  record Room(int connections, int perPeer, int requests) {}
}
