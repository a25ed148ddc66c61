/** The ledger of scans: one document a scan, and one script that changes it. */
@NullMarked
package dev.mystical.scanner.redis.ledger;

import org.jspecify.annotations.NullMarked;
