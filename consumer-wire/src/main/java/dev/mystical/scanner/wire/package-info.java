/**
 * Every JSON document that enters or leaves.
 *
 * <h2>The scan request</h2>
 *
 * At most 256 KiB of UTF-8 and 32 levels deep; no control character in any text, no name twice, no
 * field beside these, nothing after the end. Lengths are in characters.
 *
 * <ul>
 *   <li>{@code schema}: {@code scan.request.v1}, which is also what its absence means
 *   <li>{@code scanId}: {@code ^[A-Za-z0-9_-]{1,64}$}; {@code tenant}: {@code
 *       ^[a-z0-9][a-z0-9-]{0,31}$}. In messages alone; clients of the API leave both out
 *   <li>{@code project} (required): {@code key} (required, {@code ^[a-z0-9][a-z0-9._-]{0,127}$}),
 *       {@code name} (128)
 *   <li>{@code target} (required), by its {@code type}:
 *       <ul>
 *         <li>{@code git}: {@code url} (required; https, ssh, or {@code git@host:path}), {@code
 *             ref} (255, {@code ^\w[\w./-]*$}, no {@code ..}), {@code commit} (7 to 64 hexadecimal
 *             digits), {@code subpath} (1,024, relative, no {@code ..})
 *         <li>{@code archive}: {@code url} (required, http or https), {@code sha256} (required, 64
 *             hexadecimal digits)
 *         <li>{@code web}: {@code url} (required, http or https) of a running application
 *         <li>{@code path}: {@code path} (required, 2,048); where {@link
 *             dev.mystical.scanner.wire.RequestRules.PathTargets} allows it
 *       </ul>
 *       URLs have 2,048 characters at most, are ASCII, and carry no user info; ssh ones may have a
 *       user
 *   <li>{@code providers} (required in messages): 1 to 10, distinct and known, in the order of
 *       their runs; each an id, or {@code id} (required), {@code options} (20; {@code
 *       ^[A-Z][A-Z0-9_]{0,63}$} to a text of 512) and {@code required} (default true)
 *   <li>{@code policy}: {@code failOn}, one of {@code critical}, {@code high} (default), {@code
 *       medium}, {@code low}, {@code none}
 *   <li>{@code timeoutSeconds}: 60 to 43,200
 *   <li>{@code callback}: {@code url} (required; http or https)
 *   <li>{@code tags}: 10; a name of 64 to a text of 128
 * </ul>
 */
@NullMarked
package dev.mystical.scanner.wire;

import org.jspecify.annotations.NullMarked;
