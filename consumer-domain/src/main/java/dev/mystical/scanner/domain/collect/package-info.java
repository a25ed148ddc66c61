/**
 * What the container of a run tells of itself: that it begins, how far it is, what it found; and
 * where its report is kept.
 */
@NullMarked
package dev.mystical.scanner.domain.collect;

import org.jspecify.annotations.NullMarked;
