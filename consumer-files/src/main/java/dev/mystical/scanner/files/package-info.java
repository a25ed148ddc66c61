/** Reports, kept in a folder. */
@NullMarked
package dev.mystical.scanner.files;

import org.jspecify.annotations.NullMarked;
