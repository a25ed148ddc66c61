package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.wire.ScanView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final OpenApi API = OpenApi.THE_ONE;
  private static final OpenApi.SchemaName SCAN = new OpenApi.SchemaName("Scan");

  @Test
  void everyReferenceLeadsSomewhereAndNothingIsUnused() {
    Set<String> references = new HashSet<>();
    API.root().findValuesAsText("$ref").forEach(references::add);

    for (String reference : references) {
      assertThat(API.root().at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
      API.root()
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(references).contains("#/components/%s/%s".formatted(kind, name)));
    }
  }

  @Test
  void everyCallIsTestedByOneOfTheClasses() {
    List<ApiAnswers> classes =
        List.of(
            new SubmitIT(),
            new ScanCallsIT(),
            new ReportCallsIT(),
            new LiveCallsIT(),
            new ErrorCallsIT(),
            new RunAnswersIT());

    assertThat(classes.stream().flatMap(it -> it.operations().stream()))
        .containsExactlyInAnyOrderElementsOf(
            API.operations().stream().map(OpenApi.Operation::id).toList());
  }

  @Test
  void wordsAreThoseOfTheCode() {
    assertThat(words("ScanStatus")).containsExactlyElementsOf(names(ScanStatus.values()));
    assertThat(words("RunStatus")).containsExactlyElementsOf(names(RunStatus.values()));
    assertThat(words("Verdict")).containsExactlyElementsOf(names(Verdict.values()));
    assertThat(words("ErrorCode")).containsExactlyElementsOf(names(ErrorCode.values()));
    assertThat(words("Coverage"))
        .containsExactlyElementsOf(
            names(Coverage.values()).stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void whatIsNotDescribedIsFound() {
    Scan scan = SampleScans.queued(SampleScans.newKey(), SampleScans.full(), MovableClock.START);
    String document = ScanView.json(scan);

    assertThat(API.fits(SCAN, document)).isTrue();
    assertThat(API.fits(SCAN, document.replaceFirst("\\{", "{\"colour\":\"red\","))).isFalse();
    assertThat(API.fits(SCAN, document.replace("\"QUEUED\"", "\"WAITING\""))).isFalse();
    assertThat(API.fits(SCAN, document.replace("2026-01-02T", "yesterday "))).isFalse();
    assertThat(API.fits(SCAN, document.replace("\"scanId\"", "\"id\""))).isFalse();
    assertThat(API.fits(SCAN, document.replace("\"git\"", "\"svn\""))).isFalse();
    assertThat(API.fits(SCAN, document.replace("\"required\":true", "\"required\":1"))).isFalse();
  }

  /** An object that may have any field would hide every drift. */
  @Test
  void everyObjectSaysAllThatItHas() {
    List<String> open = new ArrayList<>();
    API.root()
        .at("/components/schemas")
        .properties()
        .forEach(it -> collect(it.getKey(), it.getValue(), open));
    assertThat(open).as("SARIF is another one's").allMatch(it -> it.startsWith("Sarif"));
  }

  private static void collect(String place, JsonNode node, List<String> open) {
    if (node.path("type").asText().equals("object") && !node.has("additionalProperties")) {
      open.add(place);
    }
    node.properties().forEach(it -> collect(place + "/" + it.getKey(), it.getValue(), open));
  }

  private static List<String> words(String schema) {
    List<String> words = new ArrayList<>();
    API.root().at("/components/schemas/" + schema + "/enum").forEach(it -> words.add(it.asText()));
    return words;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
