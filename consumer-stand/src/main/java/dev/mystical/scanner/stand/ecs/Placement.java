package dev.mystical.scanner.stand.ecs;

/**
 * Where a task is put.
 *
 * @param launchType FARGATE, EC2 or EXTERNAL
 * @param capacityProvider the provider, or empty where the launch type was asked for
 * @param containerInstance the instance's ARN, or empty on Fargate
 */
record Placement(String launchType, String capacityProvider, String containerInstance) {

  static final String SPOT = "FARGATE_SPOT";

  Placement(String launchType, String capacityProvider) {
    this(launchType, capacityProvider, "");
  }

  Placement on(ContainerInstance instance) {
    return new Placement(launchType, capacityProvider, instance.arn());
  }

  static Placement onProvider(String provider) {
    boolean fargate = provider.equals("FARGATE") || provider.equals(SPOT);
    return new Placement(fargate ? "FARGATE" : "EC2", provider);
  }

  boolean fargate() {
    return launchType.equals("FARGATE");
  }

  boolean spot() {
    return capacityProvider.equals(SPOT);
  }

  /** What a fault's {@code capacityProvider} is compared with. */
  String market() {
    return capacityProvider.isEmpty() ? launchType : capacityProvider;
  }
}
