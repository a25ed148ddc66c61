/**
 * Scanners' reports: read as streams, whoever wrote them, and written in one form.
 *
 * <h2>What decides</h2>
 *
 * The sections are those of SARIF 2.1.0, errata 01.
 *
 * <ul>
 *   <li>A result is a finding if its {@code kind} is {@code fail} (§3.27.9), all its suppressions
 *       are accepted if it has any (§3.27.23: then it is none), and its {@code baselineState} is
 *       not {@code absent} (§3.27.24).
 *   <li>Its level is its own, else the one that its invocation gave to its rule, else its rule's,
 *       else {@code warning} (§3.27.10); rules are found as §3.52.3 says, in extensions too.
 *   <li>Its severity is that of the score {@code security-severity} among its own properties, else
 *       among its rule's (9.0 critical, 7.0 high, 4.0 medium, above 0 low, else info), else its
 *       level's: {@code error} high, {@code warning} medium, {@code note} low, {@code none} info.
 *   <li>Nothing was looked at in a run without {@code results} (§3.14.23), or with none in them and
 *       invocations that all failed (§3.20.14). Something is missing where an invocation failed,
 *       where a notification is an error (§3.20.21), or where a part stands in another file
 *       (§3.14.2). Of a report without runs nothing was looked at.
 * </ul>
 *
 * A value that decides and is not what the standard allows makes a report unreadable. Any other is
 * left out, and so is what the standard does not know.
 *
 * <h2>The form</h2>
 *
 * <ul>
 *   <li>Valid by the standard's schema, in UTF-8, on one line. Read again, it comes out the same.
 *   <li>Each result has {@code ruleId} where anything tells it, {@code level}, for failures {@code
 *       severity} and a {@code security-severity} among its properties, and among its partial
 *       fingerprints {@code mysticalScanner/v1}, which does not change when lines move.
 *   <li>Paths are relative to the root of what was scanned, or of the file system where that is not
 *       known; what leads out of it has none. Bases are resolved.
 *   <li>Bodies of files, command lines, environments, names of machines and people, request headers
 *       and graphs are left out, and so is user info in addresses.
 *   <li>Texts have no control characters but line feeds and tabs, and 16,384 characters at most.
 *       They may still hold HTML and Markdown of strangers (§3.11.4.2): whoever shows them escapes
 *       them.
 *   <li>Properties of ours: {@code mysticalScanner/coverage} of a run ({@code partial} or {@code
 *       none}), {@code mysticalScanner/leftOut} of a result (details that were too large), {@code
 *       mysticalScanner/copy} of what stood there twice.
 * </ul>
 */
@NullMarked
package dev.mystical.scanner.wire.report;

import org.jspecify.annotations.NullMarked;
