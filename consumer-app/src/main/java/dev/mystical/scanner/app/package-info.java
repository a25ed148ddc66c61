@NullMarked
package dev.mystical.scanner.app;

import org.jspecify.annotations.NullMarked;
