/**
 * What a scanner's report comes to: how many findings of which severity, how much was looked at,
 * and the verdict on it. A broken scan is never a clean one.
 */
@NullMarked
package dev.mystical.scanner.domain.report;

import org.jspecify.annotations.NullMarked;
