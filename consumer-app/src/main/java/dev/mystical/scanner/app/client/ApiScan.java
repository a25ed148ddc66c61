package dev.mystical.scanner.app.client;

import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.wire.report.FindingsReader;
import dev.mystical.scanner.wire.report.SpooledReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A scan that is followed through the API. */
final class ApiScan implements WatchedScan {
  private final ApiClient api;
  private final ScanId id;
  private final Parts parts;

  /**
   * What it needs beside the API.
   *
   * @param folder for reports while they are read
   */
  record Parts(
      ClientTimes times,
      InstantSource clock,
      RandomGenerator random,
      Repeats repeats,
      Path folder) {}

  ApiScan(ApiClient api, ScanId id, Parts parts) {
    this.api = api;
    this.id = id;
    this.parts = parts;
  }

  @Override
  public Look look() throws InterruptedException {
    return switch (api.scan(id)) {
      case Reply.Done(var document) ->
          ScanState.read(document)
              .<Look>map(Look.Seen::new)
              .orElseGet(() -> new Look.Unanswered("what the API answered is no scan"));
      case Reply.Missing() -> new Look.Absent();
      case Reply.Denied(String why) -> new Look.Denied(why);
      case Reply.Refused refused -> new Look.Denied(refused.why());
      case Reply.Busy busy -> new Look.Unanswered(busy.why());
      case Reply.Strange(String why) -> new Look.Unanswered(why);
    };
  }

  @Override
  public Found findings(int most) throws InterruptedException {
    Download download =
        parts.repeats().of(() -> api.report(id, parts.folder()), ApiScan::unanswered);
    return switch (download) {
      case Download.Kept(SpooledReport report) -> read(report, most);
      case Download.Failed(Reply reply) ->
          switch (reply) {
            case Reply.Missing() -> new Found.NoReport();
            case Reply.Denied(String why) -> new Found.Unreadable(why);
            case Reply.Refused refused -> new Found.Unreadable(refused.why());
            case Reply.Busy busy -> new Found.Unreadable(busy.why());
            case Reply.Strange(String why) -> new Found.Unreadable(why);
            case Reply.Done done -> throw new IllegalStateException("a failure that is none");
          };
    };
  }

  private static Optional<Reply.Busy> unanswered(Download download) {
    return download instanceof Download.Failed(Reply.Busy busy)
        ? Optional.of(busy)
        : Optional.empty();
  }

  private static Found read(SpooledReport report, int most) {
    try (report) {
      return new Found.Listed(FindingsReader.read(List.of(report), most, FindingsReader.MERGED));
    } catch (IOException e) {
      return new Found.Unreadable("the report cannot be read: " + e.getMessage());
    }
  }

  @Override
  public Nudges nudges() {
    return new EventStream(
        after -> api.events(id, after), parts.times(), parts.clock(), parts.random());
  }
}
