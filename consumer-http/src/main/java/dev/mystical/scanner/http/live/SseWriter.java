package dev.mystical.scanner.http.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.http.BodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a log as server-sent events, each flushed at once, and a comment when there was none for a
 * while, so that neither side takes the silence for a broken connection.
 *
 * @param after the entry to go on after; empty to begin with what comes
 * @param wanted which entries
 * @param words how one is told
 * @param last whether it is the last one, asked after it was told
 */
public record SseWriter<T>(
    LiveHub<T> hub,
    Optional<EntryId> after,
    Predicate<T> wanted,
    Function<T, Event> words,
    Last<T> last)
    implements BodyWriter {
  public static final String MEDIA_TYPE = "text/event-stream";
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(SseWriter.class);
  private static final Pattern BREAKS = Pattern.compile("[\\r\\n]");
  private static final String AGAIN_AFTER_MILLIS = "retry: 2000\n\n";
  private static final String COMMENT = ":\n\n";

  /** An event without its id. */
  public record Event(String type, String data) {}

  /** Whether the stream ends here. */
  @FunctionalInterface
  public interface Last<T> {
    boolean after(T value) throws InterruptedException;
  }

  @Override
  public void write(OutputStream out) throws IOException, InterruptedException {
    write(out, SILENCE);
  }

  void write(OutputStream out, Duration silence) throws IOException, InterruptedException {
    send(out, AGAIN_AFTER_MILLIS);
    try (LiveReader<T> reader = hub.join(after, wanted)) {
      tell(reader, out, silence);
    } catch (LedgerUnavailable away) {
      // The end of the stream says it all: the client comes back with the last id that it got.
      LOG.debug("event=live-ended reason={}", away.getMessage());
    }
  }

  private void tell(LiveReader<T> reader, OutputStream out, Duration silence)
      throws IOException, InterruptedException {
    while (true) {
      switch (reader.next(silence)) {
        case LiveReader.Next.Entry<T>(Streamed<T> entry) -> {
          send(out, frame(entry));
          if (last.after(entry.value())) {
            return;
          }
        }
        case LiveReader.Next.Nothing<T> nothing -> send(out, COMMENT);
        case LiveReader.Next.End<T> end -> {
          return;
        }
      }
    }
  }

  private String frame(Streamed<T> entry) {
    Event event = words.apply(entry.value());
    StringBuilder frame = new StringBuilder();
    frame.append("event: ").append(BREAKS.matcher(event.type()).replaceAll(" ")).append('\n');
    frame.append("id: ").append(entry.id()).append('\n');
    event.data().lines().forEach(line -> frame.append("data: ").append(line).append('\n'));
    return frame.append('\n').toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
