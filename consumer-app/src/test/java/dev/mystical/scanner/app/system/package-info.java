/** The whole program as processes, against real servers. */
@NullMarked
package dev.mystical.scanner.app.system;

import org.jspecify.annotations.NullMarked;
