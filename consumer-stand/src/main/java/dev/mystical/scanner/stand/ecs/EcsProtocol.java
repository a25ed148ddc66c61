package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ECS API as one function from call to reply: who may call, which operation, what goes wrong on
 * request. Safe for all threads.
 */
final class EcsProtocol {

  private static final Logger log = LoggerFactory.getLogger(EcsProtocol.class);

  /** An operation: its request and the facts about the call. */
  interface Operation extends BiFunction<ObjectNode, Map<String, String>, ObjectNode> {}

  private final Account account;
  private final Faults faults;
  private final CallJournal journal;
  private final Map<String, Operation> operations;

  EcsProtocol(Account account, Faults faults, CallJournal journal, Map<String, Operation> all) {
    this.account = account;
    this.faults = faults;
    this.journal = journal;
    this.operations = Map.copyOf(all);
  }

  Reply answer(Call call) {
    String operation = operations.containsKey(call.operation()) ? call.operation() : "unknown";
    journal.called(operation);
    try {
      return perform(call);
    } catch (EcsError e) {
      journal.failed(operation, e.type());
      return Reply.json(e.status(), e.body());
    } catch (RuntimeException e) {
      log.error("event=stand-call-failed operation={}", operation, e);
      journal.failed(operation, "ServerException");
      return Reply.json(500, EcsError.server().body());
    }
  }

  private Reply perform(Call call) {
    String accessKeyId = call.accessKeyId();
    Operation operation = operations.get(call.operation());
    if (operation == null) {
      log.debug("event=stand-unknown-operation caller={}", accessKeyId);
      throw EcsError.of(400, "UnknownOperationException", "The operation is not known.");
    }
    ObjectNode request = Json.read(call.body());
    Map<String, String> facts = call.facts(request);
    if (call.operation().equals("RunTask")) {
      journal.requested(call.noted(request));
    }
    Optional<Fault> fault =
        faults.take(
            call.operation(), Set.of(FaultKind.Phase.INSTEAD, FaultKind.Phase.AFTER), facts);
    if (fault.isPresent()) {
      journal.failed(call.operation(), fault.get().kind().word());
      if (fault.get().kind().phase() == FaultKind.Phase.INSTEAD) {
        return FaultReply.instead(fault.get());
      }
    }
    ObjectNode answer = account.locked(() -> operation.apply(request, facts));
    return fault
        .map(bites -> FaultReply.after(bites, answer))
        .orElseGet(() -> Reply.json(200, Json.write(answer)));
  }
}
