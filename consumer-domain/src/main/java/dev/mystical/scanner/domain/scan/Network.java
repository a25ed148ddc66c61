package dev.mystical.scanner.domain.scan;

import java.util.List;

/** The awsvpc network of a task; {@link #NONE} where its definition needs none. */
public record Network(List<String> subnets, List<String> securityGroups, boolean publicIp) {
  public static final Network NONE = new Network(List.of(), List.of(), false);

  public Network {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
  }
}
