package dev.rotor.driver.core.topology;

/**
 * What a failure means for the server on which it happened.
 *
 * @param markUnknown whether the server's description becomes Unknown
 * @param clearPool whether its connections are stale
 * @param interruptInUse whether connections that are in use are closed as well
 * @param requestCheck whether its monitor checks at once
 * @param cancelCheck whether the check that its monitor has under way is given up
 */
public record ServerErrorDecision(
        boolean markUnknown, boolean clearPool, boolean interruptInUse, boolean requestCheck, boolean cancelCheck) {

    /** It says nothing about the server, or nothing new. */
    static final ServerErrorDecision IGNORE = new ServerErrorDecision(false, false, false, false, false);
}
