package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;

/** Hears how a server selection that had to wait ended. Called exactly once, outside any lock, on any thread. */
public interface SelectionListener {

    /** The server; {@link Server#operationStarted} has been called for it. */
    void onSelected(Server server);

    /** None within {@code serverSelectionTimeoutMS} or the deadline, or the client was closed. */
    void onSelectionFailed(MongoException cause);

    /** The number by which the log links what is said of one operation; 0 for none. Asked only when it is said. */
    default long operationId() {
        return 0;
    }
}
