package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.supervise.RunRef;

/** The names of all that stands in Redis, each behind the prefix. */
public record RedisKeys(String prefix) {
  private static final String TASK = ":task/";

  public String scan(ScanKey key) {
    return "%s:scan:%s:%s".formatted(prefix, key.tenant(), key.id());
  }

  /** A sorted set of the {@link #indexed} names of all scans, by when they were created, in ms. */
  public String scans() {
    return prefix + ":scans";
  }

  /** A sorted set of the ids of a tenant's scans, by when they were created, in ms. */
  public String scans(Tenant tenant) {
    return scans() + ":" + tenant;
  }

  public String indexed(ScanKey key) {
    return key.tenant() + "/" + key.id();
  }

  /** A hash of a scan's providers to what their runs said last. */
  public String progress(ScanKey key) {
    return "%s:progress:%s:%s".formatted(prefix, key.tenant(), key.id());
  }

  /** A hash of the numbers of chunks to the chunks, and of what is to be known of them. */
  public String report(ReportKey key) {
    return "%s:report:%s:%s:%s:%s"
        .formatted(prefix, key.scan().tenant(), key.scan().id(), key.provider(), key.sha256());
  }

  /** A report in the making. */
  public String upload(String name) {
    return prefix + ":upload:" + name;
  }

  /**
   * A sorted set of {@link #timer}s by the time at which they are due: in whole ms, except for
   * those that somebody has claimed.
   */
  public String due() {
    return prefix + ":due";
  }

  public String timer(ScanKey key, RunId run) {
    return key.tenant() + "/" + run;
  }

  public String timer(RunRef run) {
    return timer(run.scan(), new RunId(run.scan().id(), run.provider()));
  }

  /** A hash of the watched {@link #task}s to the {@link #timer}s of their runs. */
  public String tasks() {
    return prefix + ":tasks";
  }

  /** A task's ARN without what the tasks of one region and account have in common. */
  public String task(TaskArn task) {
    int common = task.value().indexOf(TASK);
    return common < 0 ? task.value() : task.value().substring(common + TASK.length());
  }

  /** Stands while task events came in of late. */
  public String eventsSeen() {
    return prefix + ":events:seen";
  }

  /** The stream of state changes, and the channel of the same name. */
  public String events() {
    return prefix + ":events";
  }

  /** The stream of errors, and the channel of the same name. */
  public String errors() {
    return prefix + ":errors";
  }

  /**
   * A sorted set of the ids of webhooks that are to leave, by the time at which they are due: in
   * whole ms, except for those that somebody has claimed.
   */
  public String outbox() {
    return prefix + ":outbox";
  }

  /** What the keys of webhooks begin with; each ends with a webhook's id. */
  public String webhooks() {
    return prefix + ":webhook:";
  }

  /** A hash: what is to be sent and to where, and how far it is. */
  public String webhook(String id) {
    return webhooks() + id;
  }

  /** Stands as long as Redis has not lost all: its value is the time of the ledger's birth. */
  public String marker() {
    return prefix + ":marker";
  }

  /**
   * Stands once everything is rebuilt that was launched before the {@link #marker} was set: its
   * value is the time at which that was.
   */
  public String reconciled() {
    return prefix + ":reconciled";
  }

  /** Whose turn it is to reconcile, as long as its lease runs. */
  public String reconciling() {
    return prefix + ":reconciling";
  }

  /** Stands while it is not time to reconcile again. */
  public String reconcileRest() {
    return prefix + ":reconcile:rest";
  }

  public String settled(MessageId message) {
    return prefix + ":settled:" + message;
  }

  /** The pace of the calls that start and stop tasks. */
  public String pace() {
    return prefix + ":pace";
  }

  /** The pace of the calls that read tasks. */
  public String reads() {
    return prefix + ":reads";
  }

  public String gate(Gate gate) {
    return prefix + ":gate:" + gate.name();
  }

  /** A key for trying out what may be done. */
  public String probe(String name) {
    return prefix + ":probe:" + name;
  }
}
