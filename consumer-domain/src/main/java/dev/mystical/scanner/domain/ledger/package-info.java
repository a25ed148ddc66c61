@NullMarked
package dev.mystical.scanner.domain.ledger;

import org.jspecify.annotations.NullMarked;
