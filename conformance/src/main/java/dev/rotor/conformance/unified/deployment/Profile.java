package dev.rotor.conformance.unified.deployment;

/**
 * A deployment that cases can be run on.
 *
 * @param name what reports call it
 * @param known what is known of it before it runs
 * @param starter starts it
 */
public record Profile(String name, Deployment known, Starter starter) {

    /** Starts a deployment, or finds out how to reach it. */
    @FunctionalInterface
    public interface Starter {
        /** Called once, before the first case. */
        RunningDeployment start() throws Exception;
    }
}
