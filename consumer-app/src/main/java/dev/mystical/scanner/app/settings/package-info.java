/** The settings: where they come from, what is wrong with them, and the records that hold them. */
@NullMarked
package dev.mystical.scanner.app.settings;

import org.jspecify.annotations.NullMarked;
