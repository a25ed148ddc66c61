package dev.mystical.scanner.app.deadletters;

import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the dead letters once. A queue has no order and no end: it is looked through when it
 * shows nothing more, or nothing new. What stays is given back, so that the next one who looks
 * finds it at once. Used once, by one thread.
 */
public final class DeadLetterWalk {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWalk.class);

  /** A walk is bounded, in memory and in time; the next one finds the rest. */
  static final int MOST = 10_000;

  /** What can be given back by somebody who has to stop; the rest shows half a minute later. */
  private static final int FEW = 5 * DeadLetterBox.BATCH;

  /** So many receives that show nothing new, and there is nothing new. */
  private static final int ENOUGH = 3;

  /** Where a letter is after a visit. */
  public enum Place {
    /** Where it was. */
    LEFT,
    /** Deleted. */
    TAKEN
  }

  /** Looks at one letter. */
  @FunctionalInterface
  public interface Visitor {
    Place visit(Delivery letter) throws InterruptedException;
  }

  private final DeadLetterBox box;
  private final Visitor visitor;
  private final Set<MessageId> seen = new HashSet<>();
  private final Map<MessageId, Receipt> held = new LinkedHashMap<>();

  public DeadLetterWalk(DeadLetterBox box, Visitor visitor) {
    this.box = box;
    this.visitor = visitor;
  }

  /** Visits each letter once; answers whether there may be more, which the next walk finds. */
  public boolean more() throws InterruptedException {
    boolean more;
    try {
      more = visitAll();
    } catch (RuntimeException failure) {
      giveBack(MOST);
      throw failure;
    } catch (InterruptedException stop) {
      giveBack(FEW);
      throw stop;
    }
    giveBack(MOST);
    return more;
  }

  private boolean visitAll() throws InterruptedException {
    int nothingNew = 0;
    while (nothingNew < ENOUGH) {
      if (seen.size() >= MOST) {
        return true;
      }
      List<Delivery> some = box.receive();
      if (some.isEmpty()) {
        return false;
      }
      nothingNew = visit(some) ? 0 : nothingNew + 1;
    }
    return false;
  }

  private boolean visit(List<Delivery> some) throws InterruptedException {
    List<Delivery> fresh = new ArrayList<>();
    for (Delivery letter : some) {
      if (seen.add(letter.id())) {
        fresh.add(letter);
        held.put(letter.id(), letter.receipt());
      } else {
        held.computeIfPresent(letter.id(), (id, older) -> letter.receipt());
      }
    }
    for (Delivery letter : fresh) {
      if (visitor.visit(letter) == Place.TAKEN) {
        held.remove(letter.id());
      }
    }
    return !fresh.isEmpty();
  }

  /** How many letters it has seen. */
  public int seen() {
    return seen.size();
  }

  private void giveBack(int most) throws InterruptedException {
    List<Receipt> all = held.values().stream().limit(most).toList();
    try {
      for (int from = 0; from < all.size(); from += DeadLetterBox.BATCH) {
        box.giveBack(all.subList(from, Math.min(from + DeadLetterBox.BATCH, all.size())));
      }
    } catch (QueueUnavailable away) {
      // They show by themselves, half a minute later.
      LOG.debug("event=dead-letters-not-given-back count={}", all.size(), away);
    }
  }
}
