package dev.mystical.scanner.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  @Test
  void anEventHasAnIdATypeAndData() throws IOException {
    assertThat(read("id: 5-0\nevent: run.ended\ndata: {\"a\":1}\n\n"))
        .containsExactly(new SseEvent("5-0", "run.ended", "{\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndInAnyOfThreeWays(String end) throws IOException {
    String stream = "id: 1\ndata: a\ndata: b\n\ndata:c\n\n".replace("\n", end);
    assertThat(read(stream))
        .containsExactly(new SseEvent("1", "message", "a\nb"), new SseEvent("1", "message", "c"));
  }

  @Test
  void commentsAndUnknownFieldsMeanNothing() throws IOException {
    assertThat(read("\ufeff: hello\n\nretry: 5\nnobody: x\ndata\n\n"))
        .containsExactly(new SseEvent("", "message", ""));
  }

  @Test
  void anIdCountsOnceItsEventIsWhole() throws IOException {
    SseReader reader = new SseReader(stream("id: 1\ndata: a\n\nid: 2\n\ndata: b\n\nid: 3\n"), "0");
    assertThat(reader.next()).contains(new SseEvent("1", "message", "a"));
    // One without data has its say all the same.
    assertThat(reader.next()).contains(new SseEvent("2", "message", "b"));
    assertThat(reader.next()).isEmpty();
    assertThat(read("id: a\0b\ndata: x\n\n")).containsExactly(new SseEvent("", "message", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data: half", "data: half\n", "event: x\ndata: half\r\n", "data: ha\ndata: lf\r"})
  void halfAnEventIsNone(String rest) throws IOException {
    assertThat(read("data: whole\n\n" + rest))
        .containsExactly(new SseEvent("", "message", "whole"));
  }

  @Test
  void aTypeIsThatOfItsEventAlone() throws IOException {
    assertThat(read("event: lost\n\ndata: a\n\nevent: b\ndata: b\n\ndata: c\n\n"))
        .extracting(SseEvent::type)
        .containsExactly("message", "b", "message");
  }

  @Test
  void aHugeEventIsTooMuch() {
    String line = "data: " + "x".repeat(SseReader.LONGEST / 2) + "\n";
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(line.repeat(3) + "\n"))
        .withMessageContaining("an event has more than");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("data: " + "x".repeat(SseReader.LONGEST) + "\n\n"))
        .withMessageContaining("a line of events has more than");
  }

  @Test
  void anEndlessLineEnds() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new SseReader(endless, "").next());
  }

  @Test
  void whatIsNotUtf8IsNoStreamOfEvents() {
    InputStream latin =
        new ByteArrayInputStream(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xE4, '\n'});
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new SseReader(latin, "").next())
        .withMessageContaining("UTF-8");
  }

  @Test
  void whereverAStreamBreaksOffOnlyWholeEventsWereThere() throws IOException {
    String whole = "id: 1\r\ndata: ä\r\n\r\n: x\r\nid: 2\r\nevent: e\r\ndata: b\r\n\r\n";
    List<SseEvent> all = read(whole);
    byte[] bytes = whole.getBytes(UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      List<SseEvent> some = read(new ByteArrayInputStream(bytes, 0, length));
      assertThat(some).as("%d bytes", length).isEqualTo(all.subList(0, some.size()));
    }
  }

  @Test
  void nothingThatComesDoesMoreThanFail() {
    Random random = new Random(11);
    String alphabet = "id:data event\r\n\n\0:x";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(40), 0, alphabet.length())
          .forEach(at -> text.append(alphabet.charAt(at)));
      assertThat(readQuietly(text.toString())).as("%s", text).isNotNull();
    }
  }

  private static List<SseEvent> readQuietly(String text) {
    try {
      return read(text);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<SseEvent> read(String text) throws IOException {
    return read(stream(text));
  }

  private static List<SseEvent> read(InputStream in) throws IOException {
    SseReader reader = new SseReader(in, "");
    List<SseEvent> events = new ArrayList<>();
    Optional<SseEvent> event = reader.next();
    while (event.isPresent()) {
      events.add(event.get());
      event = reader.next();
    }
    return events;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
