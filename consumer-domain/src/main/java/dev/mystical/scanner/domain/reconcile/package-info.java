/** Makes the ledger agree with the tasks that there are, above all after it has lost its data. */
@NullMarked
package dev.mystical.scanner.domain.reconcile;

import org.jspecify.annotations.NullMarked;
