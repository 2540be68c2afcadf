package dev.rotor.driver.core.future;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.core.log.OncePerKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The user's context carrier, which may throw: then the operation goes on without a context. */
public final class Contexts {

    private static final OncePerKind BROKEN = new OncePerKind(LoggerFactory.getLogger("dev.rotor.driver.context"));

    private Contexts() {}

    /**
     * Takes hold of the calling thread's context.
     *
     * @return {@code null} where there is nothing to carry
     */
    public static ContextCarrier.@Nullable Snapshot capture(ContextCarrier carrier) {
        try {
            ContextCarrier.Snapshot captured = carrier.capture();
            return captured == ContextCarrier.Snapshot.NONE ? null : captured;
        } catch (Throwable e) {
            broken(carrier, "captured", e);
            return null;
        }
    }

    /** Runs a task in a context, exactly once whatever the context does. */
    public static void run(ContextCarrier.@Nullable Snapshot context, Runnable task) {
        if (context == null) {
            task.run();
            return;
        }
        ContextCarrier.Scope scope = ContextCarrier.Scope.NONE;
        try {
            scope = context.restore();
        } catch (Throwable e) {
            broken(context, "restored", e);
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
        } catch (Throwable e) {
            broken(scope, "taken off the thread", e);
        }
    }

    private static void broken(Object whose, String what, Throwable thrown) {
        String name = whose.getClass().getName();
        BROKEN.tell(name + what, "{}: a context could not be {}", name, what, thrown);
    }
}
