package dev.mystical.scanner.http;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. For one thread. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final Answer BUSY =
      Answer.problem(503, "too many requests are being answered").with("Retry-After", "1");
  private static final Answer CLOSING = Answer.problem(503, "the server is about to stop");
  private static final Answer FAILED = Answer.problem(500, "the log says more");

  private final Link link;
  private final RequestHead head;
  private final Hall hall;
  private String route = "none";

  Exchange(Link link, RequestHead head, Hall hall) {
    this.link = link;
    this.head = head;
    this.hall = hall;
  }

  /** Answers; says whether another request may follow. */
  boolean run() throws IOException {
    return switch (hall.router().find(head.method(), head.target())) {
      case Router.Routing.Unmet(Answer answer) ->
          hall.seats().asks(link, Route.Rank.VITAL) != Seats.Admission.GONE
              && give(answer, new RequestBody(head, link, BodyTerms.NONE));
      case Router.Routing.Met(Route met, Target target) -> {
        route = met.template();
        RequestBody body = new RequestBody(head, link, met.body());
        yield switch (hall.seats().asks(link, met.rank())) {
          case GONE -> false;
          case FULL -> give(BUSY, body);
          case ADMITTED -> give(answer(met, target, body), body);
        };
      }
    };
  }

  private Answer answer(Route met, Target target, RequestBody body) {
    Optional<Refusal> refused = refused(met.body());
    if (refused.isPresent()) {
      return refused.get().answer();
    }
    Answer answer = handled(met, target, body);
    return body.refusal().map(Refusal::answer).orElse(answer);
  }

  /** What can be said of the body before a byte of it has come. */
  private Optional<Refusal> refused(BodyTerms terms) {
    if (!head.headers().all("Expect").stream().allMatch("100-continue"::equalsIgnoreCase)) {
      return Optional.of(new Refusal(417, "the only expectation is 100-continue"));
    }
    return head.framing() instanceof RequestHead.Framing.Length(long bytes) && bytes > terms.bytes()
        ? Optional.of(Refusal.tooLarge(terms.bytes()))
        : Optional.empty();
  }

  private Answer handled(Route met, Target target, RequestBody body) {
    try {
      return met.handler()
          .handle(new Request(met.method(), target, head.headers(), body, link.peer()));
    } catch (InterruptedException e) {
      return CLOSING;
    } catch (IOException | RuntimeException e) {
      if (body.refusal().isEmpty()) {
        failed(e);
      }
      return FAILED;
    }
  }

  private void failed(Exception e) {
    LOG.error("event=http.failed method={} route={}", head.method(), route, e);
  }

  private boolean give(Answer answer, RequestBody body) throws IOException {
    body.close();
    boolean more =
        head.keepsConnection() && !hall.seats().closing() && (body.ended() || body.drainable());
    if (answer.content() instanceof Content.Live) {
      hall.seats().listens(link);
    }
    if (!written(answer, more ? AnswerWriter.Then.MORE : AnswerWriter.Then.CLOSE)) {
      link.reset();
      return false;
    }
    if (body.ended()) {
      return more;
    }
    boolean waits = hall.seats().waits(link);
    if (more && waits) {
      link.deadline().within(hall.terms().times().rest(), Deadline.Then.CUT);
      if (body.drain() && link.deadline().met()) {
        return true;
      }
    }
    link.part(hall.terms().times().rest());
    return false;
  }

  private boolean written(Answer answer, AnswerWriter.Then then) {
    try {
      hall.writer().write(link.output(), answer, AnswerWriter.Form.of(head), then);
      return true;
    } catch (InterruptedException e) {
      return false;
    } catch (IOException | RuntimeException e) {
      if (!link.output().broken()) {
        failed(e);
      }
      return false;
    }
  }
}
