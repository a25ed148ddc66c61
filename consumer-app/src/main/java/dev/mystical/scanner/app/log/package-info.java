@NullMarked
package dev.mystical.scanner.app.log;

import org.jspecify.annotations.NullMarked;
