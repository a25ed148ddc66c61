@NullMarked
package dev.mystical.scanner.http.hostile;

import org.jspecify.annotations.NullMarked;
