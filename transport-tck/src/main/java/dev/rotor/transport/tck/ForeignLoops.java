package dev.rotor.transport.tck;

/** Event loops of a framework, made for one test, as the framework's user would make and end them. */
public interface ForeignLoops {

    /**
     * What a user gives to the driver.
     *
     * @return the value for {@code TransportSettings.foreignLoops}; the same each time
     */
    Object group();

    /**
     * Runs a task on the next of the loops, in turn, by the framework's own means.
     *
     * @param task what to run
     * @throws java.util.concurrent.RejectedExecutionException if the loops have ended
     */
    void execute(Runnable task);

    /**
     * Ends the loops and waits until their threads have ended. Harmless when they have ended already.
     *
     * @throws Exception if that fails
     */
    void end() throws Exception;
}
