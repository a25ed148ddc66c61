package dev.mystical.scanner.domain.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanPlaceTest {
  private final ScanPlace place =
      new ScanPlace(1_767_323_045_678L, new ScanKey(new Tenant("acme-2"), new ScanId("Scan_1-")));

  @Test
  void aCursorNamesItsPlace() {
    assertThat(ScanPlace.parse(place.cursor())).isEqualTo(place);
  }

  @Test
  void everyPlaceHasOneCursorAlone() {
    for (String text :
        List.of("01767323045678/acme-2/Scan_1-", "1/acme-2/", "1/acme/x/y", "-1/a/b", "x/a/b")) {
      String cursor =
          Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
      assertThatThrownBy(() -> ScanPlace.parse(cursor))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ScanPlace.parse(place.cursor() + "="))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNewerComesFirst() {
    ScanPlace older = new ScanPlace(1, place.key());
    ScanPlace smaller =
        new ScanPlace(place.created(), new ScanKey(place.key().tenant(), new ScanId("Scan_1")));

    assertThat(List.of(place, smaller, older)).isSorted();
  }
}
