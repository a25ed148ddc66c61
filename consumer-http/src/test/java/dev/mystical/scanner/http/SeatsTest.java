package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.http.Seats.Admission;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private final Seats seats = new Seats(new ListenerTerms.Room(4, 3, 2));

  /** A socket that says where it comes from. */
  private static final class FromSomewhere extends Socket {
    private final InetAddress address;

    FromSomewhere(InetAddress address) {
      this.address = address;
    }

    @Override
    public InetAddress getInetAddress() {
      return address;
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  private static Link from(String address) {
    try {
      return Link.over(
          new FromSomewhere(InetAddress.getByName(address)), Stage.PATIENT, new HandClock());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Link enter(String address) {
    Link link = from(address);
    assertThat(seats.enter(link)).isEmpty();
    return link;
  }

  @Test
  void whoIsWaitedForLongestGoesForANewOne() {
    Link first = enter("10.0.0.1");
    Link second = enter("10.0.0.2");
    enter("10.0.0.3");
    enter("10.0.0.4");
    assertThat(seats.asks(first, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    Link fifth = from("10.0.0.5");
    assertThat(seats.enter(fifth)).containsExactly(second);
    assertThat(seats.asks(second, Route.Rank.VITAL)).isEqualTo(Admission.GONE);
    assertThat(seats.waits(second)).isFalse();
    // It has just been answered, so others have waited longer.
    assertThat(seats.waits(first)).isTrue();
    assertThat(seats.enter(from("10.0.0.6"))).doesNotContain(first);
  }

  @Test
  void nobodyWhoIsAnsweredGoesForANewOne() {
    Seats two = new Seats(new ListenerTerms.Room(2, 9, 9));
    for (int i = 0; i < 2; i++) {
      Link link = from("10.0.0." + i);
      assertThat(two.enter(link)).isEmpty();
      assertThat(two.asks(link, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    }
    Link third = from("10.0.0.3");
    assertThat(two.enter(third)).containsExactly(third);
    assertThat(two.all()).hasSize(2);
  }

  @Test
  void anAddressHasItsOwnShareByTheSameRule() {
    Link other = enter("10.0.0.9");
    Link first = enter("10.0.0.1");
    Link second = enter("10.0.0.1");
    enter("10.0.0.1");
    assertThat(seats.enter(from("10.0.0.1"))).containsExactly(first);
    assertThat(seats.enter(from("10.0.0.1"))).containsExactly(second);
    assertThat(seats.all()).contains(other).hasSize(4);
    seats.leave(other);
    assertThat(seats.enter(from("10.0.0.8"))).isEmpty();
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddressAndLoopbackAsNone() {
    Link first = enter("2001:db8::1");
    enter("2001:db8::2");
    enter("2001:db8::3");
    assertThat(seats.enter(from("2001:db8::4:5:6"))).containsExactly(first);
    Seats wide = new Seats(new ListenerTerms.Room(9, 1, 9));
    assertThat(wide.enter(from("2001:db8:0:1::1"))).isEmpty();
    assertThat(wide.enter(from("2001:db8:0:2::1"))).isEmpty();
    assertThat(wide.enter(from("127.0.0.1"))).isEmpty();
    assertThat(wide.enter(from("127.0.0.1"))).isEmpty();
    assertThat(wide.enter(from("::1"))).isEmpty();
  }

  @Test
  void requestsAboveTheirNumberAreRefusedUnlessTheyAreVital() {
    Link first = enter("10.0.0.1");
    Link second = enter("10.0.0.2");
    Link third = enter("10.0.0.3");
    assertThat(seats.asks(first, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    assertThat(seats.asks(second, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    assertThat(seats.asks(third, Route.Rank.ORDINARY)).isEqualTo(Admission.FULL);
    assertThat(seats.asks(third, Route.Rank.VITAL)).isEqualTo(Admission.ADMITTED);
    seats.listens(first);
    assertThat(seats.asks(third, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    seats.leave(second);
    Link fourth = enter("10.0.0.4");
    assertThat(seats.asks(fourth, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void afterTheEndNobodyIsWaitedFor() {
    Link first = enter("10.0.0.1");
    Link second = enter("10.0.0.2");
    assertThat(seats.asks(first, Route.Rank.ORDINARY)).isEqualTo(Admission.ADMITTED);
    assertThat(seats.close()).containsExactly(second);
    assertThat(seats.waits(first)).isFalse();
    assertThat(seats.all()).containsExactly(first);
    Link late = from("10.0.0.3");
    assertThat(seats.enter(late)).containsExactly(late);
  }

  @Test
  void nothingIsLeftOfThoseWhoLeft() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 10_000; i++) {
      Link link = from("10.0.0." + random.nextInt(5));
      seats.enter(link);
      if (random.nextBoolean()) {
        seats.asks(link, Route.Rank.ORDINARY);
      }
      if (random.nextBoolean()) {
        seats.leave(link);
      }
      assertThat(seats.all().size()).isLessThanOrEqualTo(4);
    }
    seats.all().forEach(seats::leave);
    for (int i = 0; i < 3; i++) {
      enter("10.0.0.1");
    }
    assertThat(seats.relieve()).isPresent();
    assertThat(seats.all()).hasSize(2);
  }
}
