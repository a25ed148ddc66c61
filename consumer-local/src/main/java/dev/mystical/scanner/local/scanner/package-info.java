/**
 * Real scanners as containers of the local ECS: each entry point is one process that scans one
 * folder, writes {@code report.sarif} into its work folder, and ends with 0 only when all of the
 * folder's sources were looked at.
 */
@NullMarked
package dev.mystical.scanner.local.scanner;

import org.jspecify.annotations.NullMarked;
