package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.Course;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskEnd;

/** What became of an attempt, as the ledger's document holds it. */
final class CourseShape {
  private CourseShape() {}

  static ObjectNode write(Course course) {
    ObjectNode node = Json.object();
    course.runningAt().ifPresent(at -> node.put("running", at.toString()));
    course.missingSince().ifPresent(at -> node.put("missing", at.toString()));
    course.stop().ifPresent(stop -> node.set("stop", stop(stop)));
    course.end().ifPresent(end -> node.set("end", end(end)));
    course.failure().ifPresent(code -> node.put("failure", code.name()));
    if (!course.handover().equals(Handover.NONE)) {
      node.set("handover", HandoverShape.write(course.handover()));
    }
    return node;
  }

  static Course read(Fields from) {
    return new Course(
        from.optionalInstant("running"),
        from.optionalInstant("missing"),
        from.optionalObject("stop").map(CourseShape::stop),
        from.optionalObject("end").map(CourseShape::end),
        from.optionalText("failure").map(ErrorCode::valueOf),
        from.optionalObject("handover").map(HandoverShape::read).orElse(Handover.NONE));
  }

  private static ObjectNode stop(Stop stop) {
    ObjectNode node =
        Json.object().put("reason", stop.reason().name()).put("since", stop.since().toString());
    if (stop.tries() > 0) {
      node.put("tries", stop.tries());
    }
    stop.lastTry().ifPresent(at -> node.put("last", at.toString()));
    return node;
  }

  private static Stop stop(Fields from) {
    return new Stop(
        StopReason.valueOf(from.text("reason")),
        from.instant("since"),
        Math.toIntExact(from.optionalNumber("tries").orElse(0L)),
        from.optionalInstant("last"));
  }

  private static ObjectNode end(TaskEnd end) {
    ObjectNode node = Json.object();
    end.stoppedAt().ifPresent(at -> node.put("stopped", at.toString()));
    end.exitCode().ifPresent(code -> node.put("exit", code));
    end.stopCode().ifPresent(code -> node.put("code", code));
    end.reason().ifPresent(reason -> node.put("reason", reason));
    end.logUrl().ifPresent(url -> node.put("log", url));
    return node;
  }

  private static TaskEnd end(Fields from) {
    return new TaskEnd(
        from.optionalInstant("stopped"),
        from.optionalNumber("exit").map(Math::toIntExact),
        from.optionalText("code"),
        from.optionalText("reason"),
        from.optionalText("log"));
  }
}
