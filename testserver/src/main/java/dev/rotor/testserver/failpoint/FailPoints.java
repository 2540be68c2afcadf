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
    private final Map<String, FailPoint> byName = Map.of(
            "failCommand", failCommand,
            "onPrimaryTransactionalWrite", onPrimaryTransactionalWrite,
            "failGetMoreAfterCursorCheckout", failGetMoreAfterCursorCheckout);

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
        return new Document("count", failPoint.configure(FailPointMode.parse(command.get("mode")), settings));
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
}
