@NullMarked
package dev.mystical.scanner.app.service;

import org.jspecify.annotations.NullMarked;
