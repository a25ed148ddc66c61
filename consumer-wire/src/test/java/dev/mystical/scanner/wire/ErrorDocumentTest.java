package dev.mystical.scanner.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorDocumentTest {
  private static final ErrorEntry FULL =
      new ErrorEntry(
          "e-1",
          Instant.ofEpochMilli(1_795_413_600_123L),
          "node-1",
          "f00",
          3,
          true,
          new ErrorEvent(
              Severity.ERROR,
              ErrorCode.ECS_START_FAILED,
              Stage.LAUNCH,
              new Subject(
                  Optional.of(SampleScans.KEY.tenant()),
                  Optional.of(SampleScans.KEY.id()),
                  Optional.of(SampleScans.SONAR),
                  Optional.of(2),
                  Optional.of(new MessageId("m-1"))),
              false,
              "no \"such\" image",
              Optional.of("r-1")));
  private static final ErrorEntry BARE =
      new ErrorEntry(
          "e-2",
          Instant.ofEpochMilli(7),
          "node-1",
          "f01",
          1,
          false,
          ErrorEvent.warn(
              ErrorCode.REDIS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, "connection refused"));

  @Test
  void aStreamEntryHasItsFieldsInOrder() {
    assertThat(ErrorDocument.fields(FULL).entrySet())
        .extracting(field -> field.getKey() + "=" + field.getValue())
        .containsExactly(
            "id=e-1",
            "time=1795413600123",
            "severity=ERROR",
            "code=ECS_START_FAILED",
            "stage=launch",
            "scanId=s-1",
            "runId=s-1.sonar",
            "provider=sonar",
            "tenant=acme",
            "messageId=m-1",
            "attempt=2",
            "retryable=false",
            "message=no \"such\" image",
            "fingerprint=f00",
            "count=3",
            "node=node-1",
            "awsRequestId=r-1",
            "replayed=true");
  }

  @Test
  void jsonHasTheSameFields() {
    assertThat(ErrorDocument.json(FULL))
        .isEqualTo(
            """
            {"id":"e-1","time":1795413600123,"severity":"ERROR","code":"ECS_START_FAILED",\
            "stage":"launch","scanId":"s-1","runId":"s-1.sonar","provider":"sonar",\
            "tenant":"acme","messageId":"m-1","attempt":2,"retryable":false,\
            "message":"no \\"such\\" image","fingerprint":"f00","count":3,"node":"node-1",\
            "awsRequestId":"r-1","replayed":true}\
            """);
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    assertThat(ErrorDocument.fields(BARE))
        .containsOnlyKeys(
            "id",
            "time",
            "severity",
            "code",
            "stage",
            "retryable",
            "message",
            "fingerprint",
            "count",
            "node");
  }

  @Test
  void everyEntryComesBackWhole() {
    for (long seed = 0; seed < 1_000; seed++) {
      ErrorEntry entry = random(new RandomScans(new Random(seed)));

      assertThat(ErrorDocument.fromJson(ErrorDocument.json(entry)))
          .as("seed %d", seed)
          .isEqualTo(entry);
      assertThat(ErrorDocument.fromFields(ErrorDocument.fields(entry)))
          .as("seed %d", seed)
          .isEqualTo(entry);
    }
  }

  @Test
  void anEntryIsOneLine() {
    assertThat(ErrorDocument.json(random(new RandomScans(new Random(4))))).doesNotContain("\n");
  }

  @Test
  void fieldsOfNewerVersionsDoNoHarm() {
    Map<String, String> fields = new HashMap<>(ErrorDocument.fields(FULL));
    fields.put("region", "eu-central-1");

    assertThat(ErrorDocument.fromFields(fields)).isEqualTo(FULL);
    assertThat(ErrorDocument.fromJson(ErrorDocument.json(FULL).replace("{", "{\"x\":[1],")))
        .isEqualTo(FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "id,",
    "time, soon",
    "time,",
    "severity, BAD",
    "code, NEWER",
    "stage, LUNCH",
    "attempt, 1.5",
    "attempt, 99999999999",
    "scanId, a b",
    "count, many"
  })
  void whatIsNoEntryIsUnreadable(String field, String value) {
    Map<String, String> fields = new HashMap<>(ErrorDocument.fields(FULL));
    if (value == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }

    assertThatThrownBy(() -> ErrorDocument.fromFields(fields))
        .isInstanceOf(UnreadableDocument.class);
  }

  private static ErrorEntry random(RandomScans random) {
    ErrorEvent event =
        new ErrorEvent(
            random.any(Severity.values()),
            random.any(ErrorCode.values()),
            random.any(Stage.values()),
            new Subject(
                random.maybe(() -> random.key().tenant()),
                random.maybe(() -> random.key().id()),
                random.maybe(() -> SampleScans.SONAR),
                random.maybe(() -> random.random().nextInt(1, 9)),
                random.maybe(() -> new MessageId("m-1"))),
            random.random().nextBoolean(),
            random.text(),
            random.maybe(() -> "r-1"));
    return new ErrorEntry(
        "e-1",
        Instant.ofEpochMilli(random.random().nextLong(4_000_000_000_000L)),
        "node",
        random.text(),
        random.random().nextLong(1, 1_000_000_000_000L),
        random.random().nextBoolean(),
        event);
  }
}
