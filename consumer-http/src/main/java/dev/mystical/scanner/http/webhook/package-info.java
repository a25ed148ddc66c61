/** Sends webhooks, signed, and to public addresses alone. */
@NullMarked
package dev.mystical.scanner.http.webhook;

import org.jspecify.annotations.NullMarked;
