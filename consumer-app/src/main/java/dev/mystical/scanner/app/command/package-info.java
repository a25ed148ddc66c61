/** The command line: what people and programs can ask of this program, and its answers. */
@NullMarked
package dev.mystical.scanner.app.command;

import org.jspecify.annotations.NullMarked;
