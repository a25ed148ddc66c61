/** Runs the agent as the container of a task runs it, against servers of this machine. */
@NullMarked
package dev.mystical.scanner.agent;

import org.jspecify.annotations.NullMarked;
