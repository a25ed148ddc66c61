package dev.mystical.scanner.redis.feed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that wait on disk, first in first out, bounded: when there is no room the oldest segment
 * goes. What dead processes left in the same place is taken over, in front of one's own.
 *
 * <p>A segment is deleted when all of it was taken, so a record may be read again after a crash,
 * but is never missed. Confined to the feed's thread.
 */
final class FileSpool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileSpool.class);

  private final FeedTerms terms;
  private final String name;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final List<SpoolFolder> adopted = new ArrayList<>();
  private Optional<SpoolFolder> own = Optional.empty();
  private Optional<FileChannel> open = Optional.empty();
  // The records of the first segment, and how many of them are done with; read when first asked.
  private Optional<List<byte[]>> reading = Optional.empty();
  private int taken;
  private long next;

  /** A spool under a name that no other process has. */
  FileSpool(FeedTerms terms, String name) {
    this.terms = terms;
    this.name = name;
  }

  boolean empty() {
    return segments.isEmpty();
  }

  /** Puts records behind all others, and answers how many old ones had to go for them. */
  long append(List<byte[]> records) throws IOException {
    if (own.isEmpty()) {
      own = Optional.of(SpoolFolder.create(terms.spool(), name));
    }
    if (open.isEmpty() || segments.isEmpty()) {
      roll();
      Path file = own.orElseThrow().segment(next++);
      open = Optional.of(SpoolFolder.newSegment(file));
      segments.addLast(new Segment(file, 0, 0));
    }
    Segment last = segments.removeLast();
    try {
      segments.addLast(last.append(open.orElseThrow(), records));
    } catch (IOException e) {
      segments.addLast(last);
      throw e;
    }
    if (segments.getLast().bytes() >= terms.segmentBytes()) {
      roll();
    }
    return makeRoom();
  }

  /** The oldest records, at most so many; the same again until they are {@link #remove}d. */
  List<byte[]> oldest(int most) throws IOException {
    while (!segments.isEmpty()) {
      if (reading.isEmpty()) {
        if (segments.size() == 1) {
          // What comes from now on goes behind what is being read.
          roll();
        }
        reading = Optional.of(Segment.records(segments.getFirst().file()));
        taken = 0;
      }
      List<byte[]> records = reading.orElseThrow();
      if (taken < records.size()) {
        return records.subList(taken, Math.min(records.size(), taken + most));
      }
      drop();
    }
    return List.of();
  }

  /** So many of the oldest records are done with. */
  void remove(int count) throws IOException {
    taken += count;
    if (taken >= reading.orElseThrow().size()) {
      drop();
    }
  }

  /**
   * Takes over what dead processes left behind; answers how many records that are. For an empty
   * spool alone: what is half read cannot be pushed back.
   */
  long takeOver() throws IOException {
    Path mine = own.map(SpoolFolder::path).orElseGet(() -> terms.spool().resolve(name));
    List<Segment> found = new ArrayList<>();
    for (SpoolFolder folder : SpoolFolder.leftBehind(terms.spool(), mine)) {
      adopted.add(folder);
      for (Path file : folder.segments()) {
        found.add(Segment.found(file));
      }
    }
    found.reversed().forEach(segments::addFirst);
    if (segments.isEmpty()) {
      leave();
    }
    return found.stream().mapToLong(Segment::records).sum();
  }

  /** Deletes the oldest segments until the rest fits; answers how many records that cost. */
  long makeRoom() throws IOException {
    long lost = 0;
    while (segments.size() > 1
        && segments.stream().mapToLong(Segment::bytes).sum() > terms.spoolBytes()) {
      lost += giveUpOldest();
    }
    return lost;
  }

  /** Deletes the oldest segment, which cannot be read; answers how many records that costs. */
  long giveUpOldest() throws IOException {
    if (segments.isEmpty()) {
      return 0;
    }
    long lost = segments.getFirst().records() - (reading.isPresent() ? taken : 0);
    drop();
    return lost;
  }

  @Override
  public void close() throws IOException {
    roll();
    leave();
    if (own.isPresent()) {
      own.orElseThrow().close();
    }
  }

  private void drop() throws IOException {
    Segment first = segments.removeFirst();
    reading = Optional.empty();
    taken = 0;
    if (segments.isEmpty()) {
      roll();
    }
    Files.deleteIfExists(first.file());
    if (segments.isEmpty()) {
      leave();
    }
  }

  private void roll() throws IOException {
    if (open.isPresent()) {
      FileChannel channel = open.orElseThrow();
      open = Optional.empty();
      channel.close();
    }
  }

  private void leave() {
    for (SpoolFolder folder : adopted) {
      try {
        folder.close();
      } catch (IOException e) {
        LOG.warn("event=spool-folder-left folder={} reason=\"{}\"", folder.path(), e.toString());
      }
    }
    adopted.clear();
  }
}
