/** The scanners of the local mode, and what this machine has of what they need. */
@NullMarked
package dev.mystical.scanner.local.scanner;

import org.jspecify.annotations.NullMarked;
