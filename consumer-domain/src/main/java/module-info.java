/** Scans, policies, use cases as step functions, and ports. Needs java.base alone, to prove it. */
module dev.mystical.scanner.domain {
  requires static org.jspecify;

  exports dev.mystical.scanner.domain.check;
  exports dev.mystical.scanner.domain.collect;
  exports dev.mystical.scanner.domain.deadletter;
  exports dev.mystical.scanner.domain.deliver;
  exports dev.mystical.scanner.domain.feed;
  exports dev.mystical.scanner.domain.intake;
  exports dev.mystical.scanner.domain.launch;
  exports dev.mystical.scanner.domain.ledger;
  exports dev.mystical.scanner.domain.live;
  exports dev.mystical.scanner.domain.queue;
  exports dev.mystical.scanner.domain.reconcile;
  exports dev.mystical.scanner.domain.report;
  exports dev.mystical.scanner.domain.retry;
  exports dev.mystical.scanner.domain.scan;
  exports dev.mystical.scanner.domain.supervise;
}
