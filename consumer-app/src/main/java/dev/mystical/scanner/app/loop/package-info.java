@NullMarked
package dev.mystical.scanner.app.loop;

import org.jspecify.annotations.NullMarked;
