package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;

/** stub */
public record TaskEvent(TaskArn task, long version) {}
