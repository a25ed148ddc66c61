package dev.mystical.scanner.app.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What many senders put on the queue.
 *
 * @param good the distinct good requests
 * @param poison bodies that cannot be requests, no two the same
 * @param bodies everything in the order in which it is sent, repeats included
 */
record Traffic(List<Good> good, List<Poison> poison, List<String> bodies) {
  Traffic {
    good = List.copyOf(good);
    poison = List.copyOf(poison);
    bodies = List.copyOf(bodies);
  }

  /** One good request, under a scan id that its sender chose. */
  record Good(String scanId, List<String> providers) {
    String body() {
      return """
      {"scanId": "%s", "project": {"key": "payments"}, "providers": ["%s"],
       "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"}}
      """
          .formatted(scanId, String.join("\", \"", providers));
    }

    /** The name under which each of its tasks is started. */
    List<String> starters() {
      return providers.stream().map(provider -> "scan/" + scanId + "/" + provider).toList();
    }
  }

  /**
   * One that is no request.
   *
   * @param named whether a valid scan id can be read from it
   */
  record Poison(String scanId, String body, boolean named) {}

  /** Requests of one run each. */
  static Traffic plain(int requests) {
    List<Good> good =
        IntStream.range(0, requests)
            .mapToObj(i -> new Good("scan-" + i, List.of("sonar")))
            .toList();
    return new Traffic(good, List.of(), good.stream().map(Good::body).toList());
  }

  /** Requests of one run or two, some of them sent twice, and poison in between. */
  static Traffic mixed(int requests, int repeats, int poisons, RandomGenerator random) {
    List<Good> good =
        IntStream.range(0, requests)
            .mapToObj(
                i -> new Good("scan-" + i, List.of("sonar", "mystical").subList(0, i % 2 + 1)))
            .toList();
    List<Poison> poison = IntStream.range(0, poisons).mapToObj(Traffic::poisoned).toList();
    List<Good> shuffled = new ArrayList<>(good);
    Collections.shuffle(shuffled, random);
    List<String> bodies = new ArrayList<>(good.stream().map(Good::body).toList());
    shuffled.subList(0, repeats).forEach(repeated -> bodies.add(repeated.body()));
    poison.forEach(it -> bodies.add(it.body()));
    Collections.shuffle(bodies, random);
    return new Traffic(good, poison, bodies);
  }

  private static Poison poisoned(int i) {
    String id = "poison-" + i;
    String whole = new Good(id, List.of("sonar")).body().strip();
    String open = whole.substring(0, whole.length() - 1);
    return switch (i % 6) {
      case 0 -> new Poison(id, open, true);
      case 1 -> new Poison(id, new Good(id, List.of("nobody")).body(), true);
      case 2 -> new Poison(id, open + ", \"surprise\": true}", true);
      case 3 -> new Poison(id, open + ", \"timeoutSeconds\": \"soon\"}", true);
      case 4 -> new Poison(id, "not even JSON, number " + i, false);
      case 5 -> new Poison(id, new Good(id, List.of("sonar", "sonar")).body(), true);
      default -> throw new IllegalArgumentException("no kind " + i % 6);
    };
  }

  /** The starters of all runs that are to be. */
  Set<String> starters() {
    Set<String> starters = new TreeSet<>();
    good.forEach(request -> starters.addAll(request.starters()));
    return starters;
  }

  /**
   * The message ids of the poison.
   *
   * @param messageIds of all bodies, in their order
   */
  Set<String> poisonIds(List<String> messageIds) {
    Set<String> wanted = new HashSet<>(poison.stream().map(Poison::body).toList());
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < bodies.size(); i++) {
      if (wanted.contains(bodies.get(i))) {
        ids.add(messageIds.get(i));
      }
    }
    return ids;
  }
}
