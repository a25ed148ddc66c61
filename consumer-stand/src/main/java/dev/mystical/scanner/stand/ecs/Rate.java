package dev.mystical.scanner.stand.ecs;

/** A burst and what is given back a second. */
public record Rate(int burst, double perSecond) {

  public Rate {
    if (burst < 1 || perSecond <= 0) {
      throw new IllegalArgumentException("a rate is above zero, not " + burst + "/" + perSecond);
    }
  }
}
