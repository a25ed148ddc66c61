@NullMarked
package dev.mystical.scanner.app.health;

import org.jspecify.annotations.NullMarked;
