package dev.mystical.scanner.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanDocumentTest {
  private static final String GOLDEN =
      """
      {"v":3,"tenant":"acme","id":"s-1","digest":"%s",\
      "trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
      "status":"RUNNING","created":"2026-11-23T06:00:00Z","started":"2026-11-23T06:00:01.250Z",\
      "request":{"project":{"key":"payments","name":"Payments"},\
      "target":{"type":"git","url":"https://git.example.com/acme/payments.git","ref":"main"},\
      "providers":["sonar",{"id":"mystical","options":{"SEVERITY":"high"},"required":false}],\
      "policy":{"failOn":"high"},"timeoutSeconds":1800,\
      "callback":{"url":"https://ci.example.com/hooks/scans"},"tags":{"team":"core"}},\
      "runs":[{"provider":"sonar","status":"PROVISIONING","attempts":[{"n":1,\
      "spec":{"cluster":"scans","task":"sonar:7","container":"scanner",\
      "capacityProvider":"FARGATE_SPOT",\
      "network":{"subnets":["subnet-1"],"groups":["sg-1"],"publicIp":true},\
      "deadline":"2026-11-23T06:45:01Z","apiUrl":"https://scans.example.com"},\
      "launching":"2026-11-23T06:00:01.250Z",\
      "task":"arn:aws:ecs:eu-central-1:123456789012:task/scans/0123456789abcdef0123456789abcdef",\
      "launched":"2026-11-23T06:00:02.500Z"}]},\
      {"provider":"mystical","required":false,"status":"FAILED",\
      "error":{"code":"ECS_START_FAILED","message":"no such image"},\
      "ended":"2026-11-23T06:00:03Z"}]}\
      """
          .formatted(SampleScans.running().digest());

  @Test
  void isWrittenInOneWay() {
    assertThat(ScanDocument.encode(SampleScans.running())).isEqualTo(GOLDEN);
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(ScanDocument.decode(GOLDEN))
        .isEqualTo(new ScanDocument.Accepted(SampleScans.running()));
  }

  @Test
  void everyScanComesBackWhole() {
    for (long seed = 0; seed < 2_000; seed++) {
      RandomScans random = new RandomScans(new Random(seed));
      Scan scan = random.scan();
      RefusedScan refused = random.refused();

      assertThat(ScanDocument.decode(ScanDocument.encode(scan)))
          .as("seed %d", seed)
          .isEqualTo(new ScanDocument.Accepted(scan));
      assertThat(ScanDocument.decode(ScanDocument.encode(refused)))
          .as("seed %d", seed)
          .isEqualTo(new ScanDocument.Refused(refused));
    }
  }

  @Test
  void aLiveScanWithOneRunIsSmall() {
    assertThat(ScanDocument.encode(SampleScans.small()).getBytes(UTF_8)).hasSizeLessThan(1_200);
  }

  @Test
  void fieldsOfNewerVersionsDoNoHarm() {
    String newer =
        GOLDEN
            .replace("{\"provider\"", "{\"new\":[1,{\"a\":null}],\"provider\"")
            .replace("\"cluster\"", "\"new\":true,\"cluster\"")
            .replace("\"key\"", "\"new\":1.5,\"key\"")
            .replaceFirst("\"tenant\"", "\"new\":{},\"tenant\"");

    assertThat(ScanDocument.decode(newer))
        .isEqualTo(new ScanDocument.Accepted(SampleScans.running()));
  }

  @Test
  void olderFormatsAreRead() {
    assertThat(ScanDocument.decode(GOLDEN.replace("\"v\":3", "\"v\":1")))
        .isEqualTo(new ScanDocument.Accepted(SampleScans.running()));
  }

  @Test
  void newerFormatsAreNotGuessedAt() {
    assertThatThrownBy(() -> ScanDocument.decode(GOLDEN.replace("\"v\":3", "\"v\":4")))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessage("format 4; this version reads up to 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{} x",
        "{\"v\":\"1\"}",
        "{\"v\":1}",
        "{\"v\":99999999999}",
        "{\"v\":1,\"tenant\":\"A B\",\"id\":\"x\"}",
        "{\"v\":1,\"tenant\":\"a\",\"id\":\"x\",\"refused\":\"yesterday\"}",
        "{\"v\":1,\"tenant\":\"a\",\"id\":\"x\",\"refused\":\"2026-11-23T06:00:00Z\",\"error\":1}"
      })
  void whatIsNoScanIsUnreadable(String document) {
    assertThatThrownBy(() -> ScanDocument.decode(document)).isInstanceOf(UnreadableDocument.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"digest", "status", "created", "request", "runs", "provider", "spec"})
  void aScanIsNotReadInPart(String field) {
    assertThatThrownBy(() -> ScanDocument.decode(GOLDEN.replace("\"" + field + "\"", "\"gone\"")))
        .isInstanceOf(UnreadableDocument.class);
  }
}
