package dev.rotor.testserver;

import dev.rotor.testserver.engine.MemberRole;
import java.time.Duration;

/**
 * One server of a deployment, and what can be done to it. Every method returns when its effect stands: after
 * {@link #stepDown()} no further write is taken by this member, after {@link #kill()} its port refuses connections.
 */
public interface Member {

    /** {@code host:port}, the same over restarts. */
    String address();

    /** What the member is at the moment. */
    MemberRole role();

    /** Whether the member runs. */
    boolean isRunning();

    /** Number of connections that are open to the member. */
    int connections();

    /**
     * Ends the process as a crash does: port closed, connections reset, nothing answered, cursors gone. If it was the
     * primary, the other members elect a new one after the election time-out, if they are a majority. No effect on a
     * member that does not run.
     */
    void kill();

    /**
     * Ends the process in order: waiting commands fail with InterruptedAtShutdown (11600), a primary steps down first,
     * and another member is elected at once.
     */
    void shutdown();

    /** Starts a killed member again, on the same port, as secondary (or primary, if it alone makes a majority). */
    void restart();

    /**
     * The primary becomes a secondary, as with {@code replSetStepDown}, and another member, if there is one, is elected
     * at once; if not, this one is elected again when the period has passed.
     *
     * @throws IllegalStateException if the member is not primary
     */
    void stepDown();

    /** As {@link #stepDown()}; the member does not stand for election again within the period. */
    void stepDown(Duration period);

    /** The member does not stand for election within the period; zero ends that. */
    void freeze(Duration period);

    /**
     * Cuts the member off from the other members, while clients reach both sides. A primary without a majority steps
     * down after the election time-out, and the others elect another. What clients tell it to write until then a real
     * one would roll back; here such a command waits, and fails with 11602 at the step-down: nothing of it is written.
     */
    void partition();

    /** Ends {@link #partition()}: the member is a secondary of the present primary. */
    void heal();

    /** Faults of the member's connections. */
    ConnectionFaults faults();
}
