package dev.mystical.scanner.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntryIdTest {
  @Test
  void aTextNamesAPlace() {
    assertThat(EntryId.parse("1767323045678-3")).isEqualTo(new EntryId(1_767_323_045_678L, 3));
    assertThat(EntryId.parse("1767323045678-3")).hasToString("1767323045678-3");
  }

  @Test
  void whatIsTooGreatOrNoNumberNamesNone() {
    for (String text : List.of("", "1", "1-", "-1-1", "1-1 ", "+1-1", "9".repeat(19) + "-0")) {
      assertThatThrownBy(() -> EntryId.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theCounterDecidesWithinAMillisecond() {
    assertThat(List.of(new EntryId(9, 9), new EntryId(10, 0), new EntryId(10, 10))).isSorted();
  }
}
