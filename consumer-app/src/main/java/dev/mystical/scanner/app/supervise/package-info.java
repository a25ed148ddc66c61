/** The supervisor's threads: they carry out what the domain decides about launched runs. */
@NullMarked
package dev.mystical.scanner.app.supervise;

import org.jspecify.annotations.NullMarked;
