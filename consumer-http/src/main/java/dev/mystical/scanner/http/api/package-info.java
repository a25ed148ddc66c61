/** What clients call: scans, their reports and events, the errors, the providers. */
@NullMarked
package dev.mystical.scanner.http.api;

import org.jspecify.annotations.NullMarked;
