/** The code that every scan goes through, call by call, under JMH. */
@NullMarked
package dev.mystical.scanner.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
