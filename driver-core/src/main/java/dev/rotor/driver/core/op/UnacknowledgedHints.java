package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.WriteModel;

/**
 * Servers before 4.4 refuse a hint for deletes and findAndModify. Nobody would hear of it when the write is not
 * acknowledged, so the driver refuses it in their place, as the CRUD specification says.
 */
final class UnacknowledgedHints {

    private static final int WIRE_VERSION_WITH_HINT = 9;

    private UnacknowledgedHints() {}

    /** Checks one write of a command that is not acknowledged. */
    static void check(WriteModel<?> model, ConnectionDescription connection) {
        if (connection.maxWireVersion() >= WIRE_VERSION_WITH_HINT) {
            return;
        }
        DeleteOptions options = model instanceof DeleteOneModel<?> one
                ? one.options()
                : model instanceof DeleteManyModel<?> many ? many.options() : DeleteOptions.DEFAULT;
        check(options.hint() != null || options.hintString() != null, connection);
    }

    /** Checks a command that is not acknowledged. */
    static void check(boolean hasHint, ConnectionDescription connection) {
        if (hasHint && connection.maxWireVersion() < WIRE_VERSION_WITH_HINT) {
            throw new MongoException(
                    "A hint for an unacknowledged write needs server 4.4; " + connection.server() + " is older",
                    null,
                    -1,
                    connection.server());
        }
    }
}
