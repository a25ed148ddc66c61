package dev.mystical.scanner.domain.scan;

/** Names one ECS task. */
public record TaskArn(String value) {
  public TaskArn {
    Text.present("taskArn", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
