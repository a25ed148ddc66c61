package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Handler;
import dev.mystical.scanner.http.Request;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets callers with a good key through, and none of them too often. Whoever guesses keys is slowed
 * down by his address, which costs those behind the same proxy nothing as long as their keys are
 * good.
 */
final class Guard {
  private static final double CALLS_A_SECOND = 50;
  private static final int CALLS_AT_ONCE = 100;
  private static final double GUESSES_A_SECOND = 1;
  private static final int GUESSES_AT_ONCE = 20;
  private static final int UNAVAILABLE = 503;
  private static final String SOON = "5";

  private final ApiKeys keys;
  private final CallRates calls;
  private final CallRates guesses;

  Guard(ApiParts.Access access) {
    this.keys = access.keys();
    this.calls = new CallRates(CALLS_A_SECOND, CALLS_AT_ONCE, access.clock());
    this.guesses = new CallRates(GUESSES_A_SECOND, GUESSES_AT_ONCE, access.clock());
  }

  /** A call of somebody who is known. */
  interface Call {
    Answer handle(Request request, Caller caller) throws IOException, InterruptedException;
  }

  Handler guarding(Call call) {
    return request -> {
      Optional<Caller> caller = keys.caller(request.header("Authorization"));
      if (caller.isEmpty()) {
        return unknown(request);
      }
      Optional<Duration> wait = calls.excess(caller.get().name());
      return wait.isPresent() ? tooMany(wait.get()) : answered(call, request, caller.get());
    };
  }

  private static Answer answered(Call call, Request request, Caller caller)
      throws IOException, InterruptedException {
    try {
      return call.handle(request, caller);
    } catch (BadCall bad) {
      Answer answer = Answer.problem(bad.status(), bad.detail(), bad.errors());
      return bad.status() == UNAVAILABLE ? answer.with("Retry-After", SOON) : answer;
    } catch (LedgerUnavailable away) {
      return later("the state of scans cannot be reached");
    } catch (QueueUnavailable away) {
      return later("the queue cannot be reached");
    } catch (ReportsUnavailable away) {
      return later("reports cannot be reached");
    }
  }

  private Answer unknown(Request request) {
    Optional<Duration> wait = guesses.excess(network(request.peer()));
    return wait.isPresent()
        ? tooMany(wait.get())
        : Answer.problem(401, "a good key is needed: Authorization: Bearer <key>")
            .with("WWW-Authenticate", "Bearer");
  }

  /** With IPv6 one client has a whole /64 of addresses. */
  private static String network(InetAddress peer) {
    return peer instanceof Inet6Address
        ? HexFormat.of().formatHex(peer.getAddress(), 0, 8)
        : peer.getHostAddress();
  }

  private static Answer tooMany(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return Answer.problem(429, "too many calls").with("Retry-After", Long.toString(seconds));
  }

  static Answer later(String why) {
    return Answer.problem(UNAVAILABLE, why + "; try again").with("Retry-After", SOON);
  }
}
