package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A queue that keeps what it is sent, and can be told to fail. Guarded by {@code this}. */
final class RecordingSender implements MessageSender {
  private final List<Sent> sent = new ArrayList<>();
  private int failing;
  private Runnable meanwhile = () -> {};

  /** A message. */
  record Sent(String body, Map<String, String> attributes) {}

  synchronized void failNext(int calls) {
    failing += calls;
  }

  /** What happens while the next message is on its way. */
  synchronized void meanwhile(Runnable work) {
    meanwhile = work;
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  @Override
  public synchronized MessageId send(String body, Map<String, String> attributes) {
    if (failing > 0) {
      failing--;
      throw new QueueUnavailable(
          QueueUnavailable.Kind.PASSING, "refused by the test", new IOException("refused"));
    }
    sent.add(new Sent(body, Map.copyOf(attributes)));
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
    return new MessageId("m-" + sent.size());
  }
}
