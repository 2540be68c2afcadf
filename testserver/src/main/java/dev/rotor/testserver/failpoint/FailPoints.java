package dev.rotor.testserver.failpoint;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.Map;

/** The fail points of one process: in a cluster each mongos has its own, as each member of a replica set has. */
public final class FailPoints {

    private final FailPoint failCommand = new FailPoint();
    private final FailPoint onPrimaryTransactionalWrite = new FailPoint();
    private final FailPoint failGetMoreAfterCursorCheckout = new FailPoint();
    private final FailPoint maxTimeAlwaysTimeOut = new FailPoint();
    private final FailPoint stopReplProducer = new FailPoint();
    private final Map<String, FailPoint> byName = Map.of(
            "failCommand", failCommand,
            "onPrimaryTransactionalWrite", onPrimaryTransactionalWrite,
            "failGetMoreAfterCursorCheckout", failGetMoreAfterCursorCheckout,
            "maxTimeAlwaysTimeOut", maxTimeAlwaysTimeOut,
            "stopReplProducer", stopReplProducer);

    /** Runs configureFailPoint. A fail point this server does not have is refused, not ignored. */
    public Document configure(Document command) {
        Object name = command.get("configureFailPoint");
        FailPoint failPoint = name instanceof String text ? byName.get(text) : null;
        if (failPoint == null) {
            throw new CommandError(ErrorCode.FAIL_POINT_SET_FAILED, name + " not found");
        }
        Object data = command.get("data");
        if (data != null && !(data instanceof Document)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "'data' must be an object");
        }
        Document settings = data == null ? new Document() : ((Document) data).cloneDeeply();
        if (failPoint == failCommand) {
            FailCommand.check(settings);
        }
        FailPointMode mode = FailPointMode.parse(command.get("mode"));
        if (failPoint == stopReplProducer
                && mode.kind() != FailPointMode.Kind.OFF
                && mode.kind() != FailPointMode.Kind.ALWAYS_ON) {
            // There is no replication whose steps could be counted.
            throw new CommandError(ErrorCode.BAD_VALUE, "stopReplProducer is either 'off' or 'alwaysOn'");
        }
        return new Document("count", failPoint.configure(mode, settings));
    }

    /** Strikes commands by name. */
    public FailPoint failCommand() {
        return failCommand;
    }

    /** Strikes statements of retryable writes. */
    public FailPoint onPrimaryTransactionalWrite() {
        return onPrimaryTransactionalWrite;
    }

    /** Strikes a getMore that has found its cursor. */
    public FailPoint failGetMoreAfterCursorCheckout() {
        return failGetMoreAfterCursorCheckout;
    }

    /** Strikes commands with a time limit: it is over at once. */
    public FailPoint maxTimeAlwaysTimeOut() {
        return maxTimeAlwaysTimeOut;
    }

    /** Strikes a secondary whenever it would fetch what the primary has written. */
    public FailPoint stopReplProducer() {
        return stopReplProducer;
    }
}
