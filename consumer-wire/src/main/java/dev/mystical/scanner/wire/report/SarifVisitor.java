package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.Shape.Different;
import java.io.IOException;

/**
 * What a {@link SarifWalk} tells of a report, in the order of the report. Large structures (run,
 * tool, toolComponent, invocation) are begun and ended; everything in them comes as a whole.
 */
interface SarifVisitor {

  /** What is to be done with a member of a large structure. */
  enum Reading {
    SKIP,
    /** For arrays: how many items there are, without a look at them. */
    COUNT,
    READ
  }

  Reading reading(String structure, String member);

  /** Results or other parts of the report stand in a place of their own (§3.13.5). */
  void standsElsewhere();

  void begin(String structure) throws IOException;

  void end(String structure) throws IOException;

  /** The next thing told, a large structure or an array, is this member of the current one. */
  void member(String structure, String member) throws IOException;

  void beginArray(String structure, String member, Different different) throws IOException;

  void endArray() throws IOException;

  /** An item of an array that is to be counted. */
  void counted(String structure, String member) throws IOException;

  void item(String structure, String member, ObjectNode item) throws IOException;

  void value(String structure, String member, JsonNode value) throws IOException;
}
