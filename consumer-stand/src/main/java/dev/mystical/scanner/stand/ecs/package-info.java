/**
 * An ECS on loopback: it answers the ECS JSON 1.1 protocol, keeps AWS's documented rules, runs real
 * processes as containers, and fails on request.
 */
@NullMarked
package dev.mystical.scanner.stand.ecs;

import org.jspecify.annotations.NullMarked;
