package dev.mystical.scanner.stand.ecs;

/**
 * A machine of a cluster, for tasks of launch type EC2.
 *
 * @param arn its name
 * @param cpu its CPU units, 1,024 a core
 * @param memory its MiB
 */
record ContainerInstance(String arn, int cpu, int memory) {}
