package dev.mystical.scanner.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and what is done when there are too many. A client is either waited for, which
 * costs it nothing, or is being answered. When there is no room for another one, whoever is waited
 * for longest goes: that is a client that sends its request slowly, or none, and never one that has
 * just come and asks. Guarded by itself, and never held while a socket is closed.
 */
final class Seats {
  private static final int IPV6 = 16;
  private static final int NETWORK = 8;

  /** What becomes of a request. */
  enum Admission {
    ADMITTED,
    /** Too many others are being answered. */
    FULL,
    /** Its client was sent away meanwhile. */
    GONE
  }

  private final ListenerTerms.Room room;
  private final Map<Link, Optional<InetAddress>> all = new HashMap<>();
  private final Map<InetAddress, Integer> perPeer = new HashMap<>();

  /** In the order in which they began to be waited for. */
  private final Set<Link> waiting = new LinkedHashSet<>();

  private final Set<Link> answered = new HashSet<>();
  private boolean closing;

  Seats(ListenerTerms.Room room) {
    this.room = room;
  }

  /** Lets a client in, and says who must go for it: nobody, others, or it. */
  synchronized List<Link> enter(Link link) {
    if (closing) {
      return List.of(link);
    }
    Optional<InetAddress> peer = network(link.peer());
    all.put(link, peer);
    waiting.add(link);
    peer.ifPresent(it -> perPeer.merge(it, 1, Integer::sum));
    List<Link> leaving =
        peer.isPresent() && perPeer.getOrDefault(peer.get(), 0) > room.perPeer()
            ? waiting.stream().filter(it -> peer.equals(all.get(it))).limit(1).toList()
            : all.size() > room.connections() ? waiting.stream().limit(1).toList() : List.of();
    leaving.forEach(this::leave);
    return leaving;
  }

  /** From now on it is waited for; false if it is to go. */
  synchronized boolean waits(Link link) {
    answered.remove(link);
    waiting.remove(link);
    return !closing && all.containsKey(link) && waiting.add(link);
  }

  /** A request of it is complete, and is to be answered. */
  synchronized Admission asks(Link link, Route.Rank rank) {
    if (!all.containsKey(link)) {
      return Admission.GONE;
    }
    if (rank == Route.Rank.ORDINARY) {
      if (answered.size() >= room.requests()) {
        return Admission.FULL;
      }
      answered.add(link);
    }
    waiting.remove(link);
    return Admission.ADMITTED;
  }

  /** It listens to something without an end, and takes no one's place. */
  synchronized void listens(Link link) {
    answered.remove(link);
  }

  synchronized void leave(Link link) {
    waiting.remove(link);
    answered.remove(link);
    Optional<InetAddress> peer = all.remove(link);
    if (peer != null) {
      peer.ifPresent(it -> perPeer.computeIfPresent(it, Seats::oneLess));
    }
  }

  /** Sends away whoever is waited for longest. */
  synchronized Optional<Link> relieve() {
    Optional<Link> longest = waiting.stream().findFirst();
    longest.ifPresent(this::leave);
    return longest;
  }

  /** Nobody is let in or waited for any more; says who must go. */
  synchronized List<Link> close() {
    closing = true;
    List<Link> leaving = List.copyOf(waiting);
    leaving.forEach(this::leave);
    return leaving;
  }

  synchronized boolean closing() {
    return closing;
  }

  /** Whoever is still here. */
  synchronized List<Link> all() {
    return List.copyOf(all.keySet());
  }

  private static @Nullable Integer oneLess(InetAddress peer, Integer count) {
    return count == 1 ? null : count - 1;
  }

  /** What one client can have many addresses of counts as one; loopback does not count. */
  private static Optional<InetAddress> network(InetAddress peer) {
    if (peer.isLoopbackAddress()) {
      return Optional.empty();
    }
    byte[] address = peer.getAddress();
    if (address.length < IPV6) {
      return Optional.of(peer);
    }
    Arrays.fill(address, NETWORK, IPV6, (byte) 0);
    try {
      return Optional.of(InetAddress.getByAddress(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }
}
