package dev.rotor.driver.core.op;

import dev.rotor.driver.core.topology.ServerSelector;
import org.jspecify.annotations.Nullable;

/** A command that only reads: goes where the read preference says, with the read concern, and is retried as a read. */
abstract class ReadOperation<T extends @Nullable Object> extends Operation<T> {

    ReadOperation(String commandName, Scope scope) {
        super(commandName, scope);
    }

    @Override
    ServerSelector selector() {
        return scope().readSelector();
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.READ;
    }

    @Override
    boolean sendsReadConcern() {
        return true;
    }

    @Override
    boolean sendsReadPreference() {
        return true;
    }
}
