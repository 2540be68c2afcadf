package dev.rotor.driver.transport;

/** Something under way that can be called off. Calling {@link #cancel} twice, or too late, is harmless. */
@FunctionalInterface
public interface Cancellable {

    /** Calls it off, from any thread. When called on the loop that would run it, it will not run any more. */
    void cancel();
}
