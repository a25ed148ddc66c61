package dev.mystical.scanner.domain.deadletter;

import static dev.mystical.scanner.domain.deadletter.SampleLetters.COPY;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.KEY;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.REQUEST;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.TOKEN_KEY;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.letter;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final Decoded UNNAMED =
      new Decoded.Request(REQUEST, "digest", Optional.empty(), Optional.empty());

  @Test
  void whatTheQueueHasMovedIsNoCopyAndNamedAfterItself() {
    DeadLetter moved = letter(UNNAMED, Map.of());

    assertThat(moved.copied()).isFalse();
    assertThat(moved.first()).isEqualTo(new MessageId("m-1"));
    assertThat(moved.key()).isEqualTo(new ScanKey(Tenant.DEFAULT, new ScanId("m-1")));
  }

  @Test
  void aCopyIsNamedAfterTheMessageThatItIsACopyOf() {
    DeadLetter copy = letter(UNNAMED, COPY);

    assertThat(copy.copied()).isTrue();
    assertThat(copy.first()).isEqualTo(new MessageId("m-0"));
    assertThat(copy.key()).isEqualTo(new ScanKey(Tenant.DEFAULT, new ScanId("m-0")));
    assertThat(copy.delivery().id()).isEqualTo(new MessageId("m-1"));
  }

  @Test
  void halfOfACopysAttributesMakeNoCopy() {
    assertThat(letter(UNNAMED, Map.of(DeadLetters.SOURCE, "m-0")).copied()).isFalse();
    assertThat(letter(UNNAMED, Map.of(DeadLetters.CODE, "INTERNAL")).copied()).isFalse();
  }

  @Test
  void theIdInTheBodyGoesBeforeAllOthers() {
    assertThat(letter(request("digest"), COPY).key()).isEqualTo(KEY);
  }

  @Test
  void aGoodSignatureKeepsItsTenant() {
    assertThat(letter(request("digest"), Map.of("signature", TOKEN_KEY.signature("body"))).key())
        .isEqualTo(new ScanKey(new Tenant("acme"), KEY.id()));
    assertThat(letter(request("digest"), Map.of("signature", "bad")).key()).isEqualTo(KEY);
  }
}
