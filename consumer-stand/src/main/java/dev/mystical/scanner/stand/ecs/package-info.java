/**
 * An ECS on loopback: it answers the ECS JSON 1.1 protocol, keeps AWS's documented rules, runs real
 * processes as containers, and fails on request. {@link
 * dev.mystical.scanner.stand.ecs.LocalEcs#start} is the way in.
 *
 * <p>A rule names its source where it stands: a page of the ECS API Reference or developer guide by
 * its title, the service model, or an issue. Where AWS documents a refusal without its text, the
 * type is AWS's and the text ours: match types, or texts that have a source.
 *
 * <p>Another process works it over HTTP, all bodies JSON:
 *
 * <pre>
 * POST   /_stand/faults     {"operation":"RunTask","kind":"accept-then-drop","times":1,"skip":0,
 *                            "match":{"startedBy":"scan/1/*"},"message":"","delayMillis":0}
 * GET    /_stand/faults     those that wait
 * DELETE /_stand/faults
 * POST   /_stand/fates      {"match":{"startedBy":"scan/1/*"},"times":1,
 *                            "fate":{"kind":"exits","code":3,"afterMillis":500,"reason":""}}
 *                           kinds: exits, out-of-memory, runs-on (code), fails-to-start (in, reason),
 *                           stuck-in (in), ignores-stop (stops), lingers (code, afterMillis),
 *                           interrupted (afterMillis, stopCode),
 *                           ends (stopCode, reason, code, afterMillis)
 * DELETE /_stand/fates
 * POST   /_stand/events     {"duplicateEvery":3,"dropEvery":0,"swapEvery":5}
 * POST   /_stand/interrupt  {"task":"arn:…"}     Spot takes it back
 * POST   /_stand/clock      {"advanceMillis":60000}     where time is hand-stepped
 * GET    /_stand/calls      counts, errors, and the newest RunTask requests as they came
 * GET    /_stand/tasks      every task ever launched
 * </pre>
 *
 * <p>The kinds of faults are those of {@link dev.mystical.scanner.stand.ecs.FaultKind}, in lower
 * case with hyphens. Not there: services, container instances' agents, tags of other resources,
 * verified signatures.
 */
@NullMarked
package dev.mystical.scanner.stand.ecs;

import org.jspecify.annotations.NullMarked;
