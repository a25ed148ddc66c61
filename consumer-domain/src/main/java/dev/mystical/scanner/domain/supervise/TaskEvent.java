package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;

/**
 * ECS' news that a task of ours has changed. It may come late, twice, in any order, or not at all,
 * and anybody who may send to the queue can make one up: it is a reason to look, and no more.
 *
 * @param clusterArn where the task runs
 * @param startedBy the name that the task was started under, of this form: scan/id/provider
 * @param version counts the task's changes; an event that comes again has the same
 * @param lastStatus where the task is, in ECS' own word
 */
public record TaskEvent(
    TaskArn task, String clusterArn, String startedBy, long version, String lastStatus) {}
