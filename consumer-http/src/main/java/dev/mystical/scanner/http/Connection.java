package dev.mystical.scanner.http;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the requests of a client and answers them, one after the other, until either has enough.
 */
final class Connection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Link link;
  private final Hall hall;

  Connection(Link link, Hall hall) {
    this.link = link;
    this.hall = hall;
  }

  @Override
  public void run() {
    ListenerTerms.Times times = hall.terms().times();
    try {
      Duration patience = times.firstByte();
      while (next(patience)) {
        patience = times.idle();
      }
    } catch (IOException e) {
      // Every scan of the net's ports comes by here.
      LOG.debug("event=http.broken reason={}", e.toString());
    } catch (RuntimeException | Error e) {
      LOG.error("event=http.connection-failed", e);
    }
  }

  private boolean next(Duration patience) throws IOException {
    if (!hall.seats().waits(link)) {
      return false;
    }
    link.deadline().within(patience, Deadline.Then.END_INPUT);
    if (!link.input().await()) {
      return false;
    }
    link.deadline().within(hall.terms().times().head(), Deadline.Then.END_INPUT);
    RequestHead head;
    try {
      head = HeadReader.read(link.input());
      if (!link.deadline().met()) {
        throw Refusal.late("the request did not come in time");
      }
    } catch (Refusal refusal) {
      refuse(refusal);
      return false;
    }
    return new Exchange(link, head, hall).run();
  }

  private void refuse(Refusal refusal) throws IOException {
    LOG.debug("event=http.refused reason={}", refusal.getMessage());
    link.deadline().met();
    try {
      hall.writer()
          .write(link.output(), refusal.answer(), AnswerWriter.Form.WHOLE, AnswerWriter.Then.CLOSE);
    } catch (InterruptedException e) {
      return;
    }
    link.part(hall.terms().times().rest());
  }
}
