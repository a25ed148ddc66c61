package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where webhooks may go: over https to public addresses; and to what the operator allows, over http
 * too. Asks nobody and blocks nowhere. Safe for use by many threads.
 */
public final class CallbackRules {
  private static final Optional<InetAddress> LOCALHOST = Literals.parse("127.0.0.1");

  private final Set<String> hosts;
  private final List<Cidr> blocks;

  private CallbackRules(Set<String> hosts, List<Cidr> blocks) {
    this.hosts = Set.copyOf(hosts);
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Rules that allow these as well: names of hosts, each for itself alone, addresses, and blocks
   * such as {@code 10.0.0.0/8}. Throws {@link IllegalArgumentException} with the first that is none
   * of these.
   */
  public static CallbackRules of(List<String> allowed) {
    Set<String> hosts = new HashSet<>();
    List<Cidr> blocks = new ArrayList<>();
    for (String item : allowed) {
      Optional<Cidr> block = Cidr.parse(item);
      block.ifPresent(blocks::add);
      if (block.isEmpty()) {
        hosts.add(name(item));
      }
    }
    return new CallbackRules(hosts, blocks);
  }

  private static String name(String item) {
    String name = item.toLowerCase(Locale.ROOT);
    // The one place that knows what a host may be called is the parser of URLs.
    if (CallbackUrl.parse("https://" + name + "/") instanceof CallbackUrl.Parsed.Good(var url)
        && url.host().equals(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "'%s' is neither a host nor a block of addresses".formatted(item));
  }

  /**
   * Why webhooks must not go to this URL, as far as can be told without asking a name server; empty
   * if they may, unless its name then turns out to stand for an address that is not public.
   */
  public Optional<String> refusal(String url) {
    return switch (CallbackUrl.parse(url)) {
      case CallbackUrl.Parsed.Bad(String why) -> Optional.of("the URL " + why);
      case CallbackUrl.Parsed.Good(CallbackUrl good) -> atSight(good);
    };
  }

  /**
   * The host of a URL, for people and for counting: in lower case, without a port; empty for what
   * is no URL that webhooks could go to.
   */
  public static Optional<String> host(String url) {
    return CallbackUrl.parse(url) instanceof CallbackUrl.Parsed.Good(CallbackUrl good)
        ? Optional.of(good.host())
        : Optional.empty();
  }

  Optional<String> atSight(CallbackUrl url) {
    Optional<InetAddress> address =
        url.address().or(() -> url.local() ? LOCALHOST : Optional.empty());
    if (address.isPresent()) {
      return refusal(url, address.get());
    }
    return url.scheme() == CallbackUrl.Scheme.HTTP && !allows(url.host()) && blocks.isEmpty()
        ? Optional.of(onlyHttps(url))
        : Optional.empty();
  }

  /** Why webhooks for this URL must not go to this address, which its host stands for. */
  Optional<String> refusal(CallbackUrl url, InetAddress address) {
    if (allows(url.host()) || blocks.stream().anyMatch(block -> block.contains(address))) {
      return Optional.empty();
    }
    if (url.scheme() == CallbackUrl.Scheme.HTTP) {
      return Optional.of(onlyHttps(url));
    }
    return SpecialAddresses.use(address)
        .map(use -> "%s is not at a public address (%s)".formatted(url.host(), use));
  }

  private boolean allows(String host) {
    return hosts.contains(host);
  }

  private static String onlyHttps(CallbackUrl url) {
    return "%s may be reached over https alone".formatted(url.host());
  }
}
