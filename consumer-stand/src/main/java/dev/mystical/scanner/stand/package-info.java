@NullMarked
package dev.mystical.scanner.stand;

import org.jspecify.annotations.NullMarked;
