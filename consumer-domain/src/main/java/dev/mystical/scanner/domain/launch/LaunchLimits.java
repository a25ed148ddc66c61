package dev.mystical.scanner.domain.launch;

import java.time.Duration;

/**
 * How long a run may take on its way.
 *
 * @param queue its longest wait for a first launch
 * @param start the longest start of an attempt, from RunTask to RUNNING
 * @param run the longest run of an attempt, from RUNNING, unless its request says otherwise
 * @param configGrace how long it waits for a person to mend what ECS refuses
 */
public record LaunchLimits(Duration queue, Duration start, Duration run, Duration configGrace) {}
