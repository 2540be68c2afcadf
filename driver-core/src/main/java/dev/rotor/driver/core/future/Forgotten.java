package dev.rotor.driver.core.future;

import java.lang.ref.Cleaner;

/**
 * What is to be given back for users who forget to: one cleaner for the process. Its daemon thread starts with the
 * first object that needs it.
 */
public final class Forgotten {

    private static final Cleaner CLEANER = Cleaner.create();

    private Forgotten() {}

    /**
     * Has something done when an object cannot be reached any more.
     *
     * @param user the object
     * @param cleanup must not refer to the object, and must not wait for anything: it holds up all others
     * @return its {@code clean} runs the cleanup at once, and never again
     */
    public static Cleaner.Cleanable watch(Object user, Runnable cleanup) {
        return CLEANER.register(user, cleanup);
    }
}
