package dev.mystical.scanner.redis.ledger;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.ScanPlace;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.RedisTime;
import dev.mystical.scanner.wire.CloudEvents;
import dev.mystical.scanner.wire.ErrorDocument;
import dev.mystical.scanner.wire.ScanDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a commit into the keys and arguments that the scripts take; confined to one call. */
record CommitArguments(RedisKeys keys, ErrorStamp stamp, LedgerTerms terms) {
  List<String> keysOf(Commit commit) {
    return List.of(
        keys.scan(commit.scan().key()),
        keys.due(),
        keys.events(),
        keys.outbox(),
        keys.webhooks(),
        keys.errors(),
        keys.marker(),
        keys.tasks(),
        keys.scans(),
        keys.scans(commit.scan().key().tenant()),
        keys.reconciled());
  }

  List<String> of(Commit commit) {
    Scan scan = commit.scan();
    List<String> arguments = new ArrayList<>();
    arguments.add(commit.expectedVersion().map(String::valueOf).orElse(""));
    arguments.add(ScanDocument.encode(scan));
    arguments.add(done(scan) ? retention() : "");
    arguments.add(streamLength());
    arguments.add(
        "%d %d %d %d %d"
            .formatted(
                commit.timers().size(),
                commit.tasks().size(),
                commit.events().size(),
                commit.outbox().size(),
                commit.errors().size()));
    commit
        .timers()
        .forEach((provider, due) -> {
          arguments.add(keys.timer(scan.key(), scan.runId(provider)));
          arguments.add(due.map(RedisTime::due).orElse(""));
        });
    commit
        .tasks()
        .forEach((task, provider) -> {
          arguments.add(keys.task(task));
          arguments.add(provider.map(it -> keys.timer(scan.key(), scan.runId(it))).orElse(""));
        });
    commit.events().forEach(event -> addEvent(arguments, event));
    commit
        .outbox()
        .forEach(webhook -> {
          arguments.add(webhook.id());
          arguments.add(webhook.url());
          arguments.add(CloudEvents.json(webhook.event()));
          arguments.add(scan.key().tenant().value());
          arguments.add(scan.key().id().value());
        });
    commit.errors().forEach(error -> addError(arguments, stamp.entry(error)));
    ScanPlace place = ScanPlace.of(scan);
    arguments.add(keys.indexed(place.key()));
    arguments.add(String.valueOf(place.created()));
    arguments.add(retention());
    arguments.add(commit.asked().map(RedisTime::micros).orElse(""));
    return arguments;
  }

  /** Whether nobody needs the scan but those who ask what became of it. */
  private static boolean done(Scan scan) {
    return scan.status().ended() && scan.runs().stream().noneMatch(Run::watched);
  }

  String retention() {
    return String.valueOf(terms.retention().toMillis());
  }

  String streamLength() {
    return String.valueOf(terms.streamLength());
  }

  void addError(List<String> arguments, ErrorEntry entry) {
    addWords(arguments, ErrorDocument.json(entry), ErrorDocument.fields(entry));
  }

  private void addEvent(List<String> arguments, ScanEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    String json = CloudEvents.json(event);
    fields.put("type", event.type().value());
    fields.put("tenant", event.scan().key().tenant().value());
    fields.put("scanId", event.scan().key().id().value());
    fields.put("event", json);
    addWords(arguments, json, fields);
  }

  private static void addWords(List<String> arguments, String json, Map<String, String> fields) {
    arguments.add(json);
    arguments.add(String.valueOf(2 * fields.size()));
    fields.forEach((name, value) -> {
      arguments.add(name);
      arguments.add(value);
    });
  }
}
