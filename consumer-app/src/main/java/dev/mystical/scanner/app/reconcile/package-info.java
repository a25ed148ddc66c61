@NullMarked
package dev.mystical.scanner.app.reconcile;

import org.jspecify.annotations.NullMarked;
