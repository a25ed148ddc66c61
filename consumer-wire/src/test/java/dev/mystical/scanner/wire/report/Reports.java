package dev.mystical.scanner.wire.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.ReportSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads reports for tests, and looks at what was written as strangers would. */
final class Reports {
  private static final Schema SCHEMA = schema();
  private static final ReportReader READER =
      new ReportReader(
          ReportLimits.STANDARD, List.of("/scan"), Path.of(System.getProperty("java.io.tmpdir")));

  private Reports() {}

  /** What came out, and the report that was written. */
  record Result(ReportOutcome outcome, String written) {
    ReportSummary summary() {
      assertThat(outcome).isInstanceOf(ReportOutcome.Read.class);
      return ((ReportOutcome.Read) outcome).summary();
    }

    FindingCounts counts() {
      return summary().counts();
    }

    Coverage coverage() {
      return summary().coverage();
    }

    JsonNode run() {
      return Reports.json(written).path("runs").path(0);
    }

    JsonNode result() {
      return run().path("results").path(0);
    }

    List<Problem> problems() {
      assertThat(outcome).isInstanceOf(ReportOutcome.Unreadable.class);
      return ((ReportOutcome.Unreadable) outcome).problems();
    }

    List<String> pointers() {
      return problems().stream().map(Problem::pointer).toList();
    }
  }

  static Result read(String document) {
    return read(document.replace('\'', '"').getBytes(UTF_8), ReportFormat.SARIF);
  }

  static Result read(byte[] document, ReportFormat format) {
    return read(READER, () -> new ByteArrayInputStream(document), format);
  }

  static Result read(ReportReader reader, ReportSource source, ReportFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ReportOutcome outcome = reader.read(source, format, out);
      return new Result(outcome, out.toString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A log with one run, whose members are these. */
  static String run(String... members) {
    return "{'version':'2.1.0','runs':[{%s}]}"
        .formatted(
            Stream.concat(Stream.of("'tool':{'driver':{'name':'t'}}"), Stream.of(members))
                .collect(Collectors.joining(",")));
  }

  /** A log with one run of these results. */
  static String results(String... results) {
    return run("'results':[%s]".formatted(String.join(",", results)));
  }

  /** A result with these members beside its message. */
  static String result(String... members) {
    return Stream.concat(Stream.of("'message':{'text':'m'}"), Stream.of(members))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static JsonNode json(String document) {
    try {
      return JsonStreams.MAPPER.readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the standard's own schema. */
  static boolean isValid(String document) {
    return SCHEMA.validate(document, InputFormat.JSON).isEmpty();
  }

  /** Fails unless a report is valid by the standard's schema and comes out of us as it went in. */
  static void requireOurs(Result result) {
    assertThat(SCHEMA.validate(result.written(), InputFormat.JSON)).isEmpty();
    Result again = read(result.written().getBytes(UTF_8), ReportFormat.SARIF);
    assertThat(again.written()).isEqualTo(result.written());
    assertThat(again.summary()).isEqualTo(result.summary());
  }

  private static Schema schema() {
    try (InputStream in = SarifSchema.class.getResourceAsStream(SarifSchema.RESOURCE)) {
      assertThat(in).isNotNull();
      SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft4());
      return registry.getSchema(new String(in.readAllBytes(), UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
