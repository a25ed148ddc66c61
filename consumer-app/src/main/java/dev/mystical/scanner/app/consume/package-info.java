@NullMarked
package dev.mystical.scanner.app.consume;

import org.jspecify.annotations.NullMarked;
