package dev.rotor.driver.core.op;

import dev.rotor.driver.core.topology.ServerSelector;
import org.jspecify.annotations.Nullable;

/**
 * A command that writes: goes to a server that accepts writes, with the write concern. Not retried unless it says so.
 */
abstract class WriteOperation<T extends @Nullable Object> extends Operation<T> {

    WriteOperation(String commandName, Scope scope) {
        super(commandName, scope);
    }

    @Override
    ServerSelector selector() {
        return ServerSelector.WRITABLE;
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.NONE;
    }

    @Override
    boolean sendsWriteConcern() {
        return true;
    }
}
