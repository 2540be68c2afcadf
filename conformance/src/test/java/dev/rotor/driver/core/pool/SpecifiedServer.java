package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.fake.ManualLoop;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The server side of the specification's integration tests, as far as they need one: establishing a connection takes as
 * long, and ends as, the test's fail point says.
 */
final class SpecifiedServer {

    private static final Set<String> HELLO = Set.of("hello", "isMaster", "ismaster");
    private static final Set<String> AUTHENTICATION = Set.of("saslStart", "saslContinue", "authenticate");

    private final ManualLoop loop;
    private final boolean onHello;
    private final boolean onAuthentication;
    private final boolean closes;
    private final int errorCode;
    private final long blockMillis;
    private long remaining;

    SpecifiedServer(ManualLoop loop, @Nullable BsonDocument failPoint, String appName) {
        this.loop = loop;
        BsonDocument data = failPoint == null ? new BsonDocument() : failPoint.getDocument("data");
        boolean applies = failPoint != null
                && (!data.containsKey("appName")
                        || data.getString("appName").getValue().equals(appName));
        onHello = applies && names(data, HELLO);
        onAuthentication = applies && names(data, AUTHENTICATION);
        closes = data.containsKey("closeConnection")
                && data.getBoolean("closeConnection").getValue();
        errorCode = data.containsKey("errorCode") ? data.getNumber("errorCode").intValue() : 0;
        blockMillis =
                data.containsKey("blockTimeMS") ? data.getNumber("blockTimeMS").longValue() : 0;
        remaining = failPoint != null && applies ? times(failPoint.get("mode")) : 0;
    }

    private static boolean names(BsonDocument data, Set<String> commands) {
        for (BsonValue command : data.getArray("failCommands")) {
            if (commands.contains(command.asString().getValue())) {
                return true;
            }
        }
        return false;
    }

    private static long times(@Nullable BsonValue mode) {
        if (mode != null && mode.isDocument()) {
            return mode.asDocument().getNumber("times").longValue();
        }
        return mode != null && mode.isString() && mode.asString().getValue().equals("alwaysOn") ? Long.MAX_VALUE : 0;
    }

    /** Establishes a connection, on the loop. */
    void accept(FakeConnection connection) {
        if (remaining == 0 || !(onHello || onAuthentication)) {
            loop.execute(() -> end(connection, null));
            return;
        }
        remaining--;
        loop.schedule(() -> end(connection, failure()), blockMillis, TimeUnit.MILLISECONDS);
    }

    private static void end(FakeConnection connection, @Nullable MongoException failure) {
        if (!connection.isOpening()) {
            return;
        }
        if (failure == null) {
            connection.succeed();
        } else {
            connection.fail(failure);
        }
    }

    private @Nullable MongoException failure() {
        if (errorCode != 0) {
            return new MongoCommandException(
                    "refused", errorCode, "", "refused by the fail point", new BsonDocument(), FakeConnection.SERVER);
        }
        if (!closes) {
            return null;
        }
        MongoException failure = FakeConnection.networkError("closed by the fail point");
        if (onHello) {
            failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
            failure.addLabel(MongoException.RETRYABLE_ERROR);
        }
        return failure;
    }
}
