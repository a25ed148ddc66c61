@NullMarked
package dev.mystical.scanner.aws;

import org.jspecify.annotations.NullMarked;
