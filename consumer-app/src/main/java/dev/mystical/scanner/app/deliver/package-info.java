/** Sends the webhooks that are due. */
@NullMarked
package dev.mystical.scanner.app.deliver;

import org.jspecify.annotations.NullMarked;
