package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's context carrier, which may throw: then the operation goes on without a context. */
final class Contexts {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.context");

    private Contexts() {}

    static ContextCarrier.@Nullable Snapshot capture(ContextCarrier carrier) {
        try {
            ContextCarrier.Snapshot captured = carrier.capture();
            return captured == ContextCarrier.Snapshot.NONE ? null : captured;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The context carrier {} failed to capture a context", carrier.getClass(), e);
            return null;
        }
    }

    /** Runs a task in a context, exactly once whatever the context does. */
    static void run(ContextCarrier.@Nullable Snapshot context, Runnable task) {
        if (context == null) {
            task.run();
            return;
        }
        ContextCarrier.Scope scope = ContextCarrier.Scope.NONE;
        try {
            scope = context.restore();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The context {} could not be restored", context.getClass(), e);
        }
        try {
            task.run();
        } finally {
            close(scope);
        }
    }

    private static void close(ContextCarrier.Scope scope) {
        try {
            scope.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A context could not be taken off the thread", e);
        }
    }
}
