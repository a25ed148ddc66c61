@NullMarked
package dev.mystical.scanner.http;

import org.jspecify.annotations.NullMarked;
