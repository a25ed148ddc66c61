/** The program: its main, and the one place where its parts are put together. */
@NullMarked
package dev.mystical.scanner.app;

import org.jspecify.annotations.NullMarked;
