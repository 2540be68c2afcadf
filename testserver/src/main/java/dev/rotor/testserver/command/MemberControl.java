package dev.rotor.testserver.command;

import java.time.Duration;

/** What commands may do to the member that runs them. */
public interface MemberControl {

    /** The member, which is primary, becomes a secondary and does not stand for election within the period. */
    void stepDown(Duration period);

    /** The member does not stand for election within the period; zero ends that. */
    void freeze(Duration period);

    /** The member stands for election now. */
    void stepUp();

    /** Ends the member soon after the reply. */
    void shutdownSoon();
}
