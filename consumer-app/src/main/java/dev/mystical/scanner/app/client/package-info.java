/**
 * A client of our own API, as the command line uses it: sends a scan, follows it to its end, and
 * reads what was found. Every call has a deadline, every answer a bound, and no message has the key
 * in it. Nothing here reads settings, or needs any.
 */
@NullMarked
package dev.mystical.scanner.app.client;

import org.jspecify.annotations.NullMarked;
