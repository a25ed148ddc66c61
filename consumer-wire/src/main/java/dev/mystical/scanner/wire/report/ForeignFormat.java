package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A scanner's own format: one object, whose results stand in an array of it. */
interface ForeignFormat {

  /** What the tool is called. */
  String tool();

  /** What is known of the document; its arrays of structures come item by item. */
  Map<String, Shape> members();

  /** Which of these holds the results. */
  String results();

  /** Members of structures, as {@code struct.member}, whose loss would make another finding. */
  Set<String> deciding();

  /**
   * Members of structures, as {@code struct.member}, which may be left out where they are large.
   */
  default Set<String> details() {
    return Set.of();
  }

  void item(String list, ObjectNode item, SarifDraft draft) throws IOException;

  void value(String member, JsonNode value, SarifDraft draft);

  /** A known member is there and has no value. */
  default void nothing(String member) {}

  /** Everything was told. */
  void end(SarifDraft draft) throws IOException;
}
