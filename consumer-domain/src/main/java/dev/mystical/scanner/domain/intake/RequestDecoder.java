package dev.mystical.scanner.domain.intake;

/** Reads scan requests. Pure; safe for use by many threads. */
@FunctionalInterface
public interface RequestDecoder {
  /** Reads a document of any size and content; never throws. */
  Decoded decode(String document);
}
