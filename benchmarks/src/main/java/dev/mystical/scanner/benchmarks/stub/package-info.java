/** A lean SQS and ECS on loopback that count what they are asked. */
@NullMarked
package dev.mystical.scanner.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
