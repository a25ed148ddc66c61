package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where a URL leads, and whether webhooks may go there. What it vetted is connected to as
 * it is: a name that was asked for again could by then stand for another address. Every address of
 * a name must be good, so that none can be slipped in among others.
 */
final class AddressGuard implements AutoCloseable {
  private final CallbackRules rules;
  private final NameResolver resolver;

  AddressGuard(CallbackRules rules, NameResolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /** Where a URL leads. */
  sealed interface Verdict {
    /** To these addresses, any of which will do. */
    record Vetted(CallbackUrl url, List<InetAddress> addresses) implements Verdict {
      public Vetted {
        addresses = List.copyOf(addresses);
      }
    }

    /** To where webhooks must not go. */
    record Forbidden(String why) implements Verdict {}

    /** Nowhere, now. */
    record Unknown(String why) implements Verdict {}
  }

  /** Blocks for at most that long. */
  Verdict check(String text, Duration within) throws InterruptedException {
    return switch (CallbackUrl.parse(text)) {
      case CallbackUrl.Parsed.Bad(String why) -> new Verdict.Forbidden("the URL " + why);
      case CallbackUrl.Parsed.Good(CallbackUrl url) -> {
        Optional<String> refusal = rules.atSight(url);
        yield refusal.isPresent() ? new Verdict.Forbidden(refusal.get()) : look(url, within);
      }
    };
  }

  private Verdict look(CallbackUrl url, Duration within) throws InterruptedException {
    NameResolver.Resolution resolution =
        url.address().isPresent()
            ? new NameResolver.Resolution.Found(List.of(url.address().get()))
            : resolver.resolve(url.host(), within);
    return switch (resolution) {
      case NameResolver.Resolution.Found(List<InetAddress> addresses) -> vet(url, addresses);
      case NameResolver.Resolution.NotFound(String why) -> new Verdict.Unknown(why);
    };
  }

  private Verdict vet(CallbackUrl url, List<InetAddress> addresses) {
    return addresses.stream()
        .flatMap(address -> rules.refusal(url, address).stream())
        .findFirst()
        .<Verdict>map(Verdict.Forbidden::new)
        .orElseGet(() -> new Verdict.Vetted(url, addresses));
  }

  @Override
  public void close() {
    resolver.close();
  }
}
