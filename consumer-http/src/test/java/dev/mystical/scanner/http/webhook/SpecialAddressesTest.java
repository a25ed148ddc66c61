package dev.mystical.scanner.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.Seeds;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialAddressesTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/webhook/addresses.txt", delimiter = '|')
  void whatAnAddressIsSetAsideForIsKnown(String address, @Nullable String use)
      throws UnknownHostException {
    assertThat(SpecialAddresses.use(InetAddress.getByName(address)))
        .isEqualTo(Optional.ofNullable(use));
  }

  /** Text cannot name these as addresses of IPv6, but a name server's answer may be one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1       | loopback
          169.254.169.254 | link-local
          10.0.0.1        | private use
          8.8.8.8         |
          """)
  void anAddressInsideOneOfIpv6IsAsPublicAsItIsAlone(String inner, @Nullable String use)
      throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(InetAddress.getByName(inner).getAddress(), 0, mapped, 12, 4);

    Inet6Address address = Inet6Address.getByAddress(null, mapped, 0);

    assertThat(SpecialAddresses.use(address)).isEqualTo(Optional.ofNullable(use));
  }

  @Test
  void whatEvenTheJdkKnowsIsNeverPublic() {
    Seeds.check(
        200_000,
        random -> {
          byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
          random.nextBytes(bytes);
          InetAddress address = InetAddress.getByAddress(bytes);
          if (address.isLoopbackAddress()
              || address.isAnyLocalAddress()
              || address.isLinkLocalAddress()
              || address.isSiteLocalAddress()
              || address.isMulticastAddress()) {
            assertThat(SpecialAddresses.use(address)).as(address.getHostAddress()).isPresent();
          }
        });
  }

  @Test
  void nothingOfIpv6OutsideGlobalUnicastIsPublicButNat64() {
    Seeds.check(
        50_000,
        random -> {
          byte[] bytes = new byte[16];
          random.nextBytes(bytes);
          InetAddress address = InetAddress.getByAddress(bytes);
          if ((bytes[0] & 0xe0) != 0x20) {
            assertThat(SpecialAddresses.use(address)).as(address.getHostAddress()).isPresent();
          }
        });
  }
}
