package dev.rotor.driver.transport;

/**
 * A kind of transport, found with {@link java.util.ServiceLoader} in the class loader of the calling thread's context
 * and in that of the driver.
 *
 * <p>A client uses the one that its settings name, else the one that the system property {@code dev.rotor.transport}
 * names, else the available one of highest preference. It asks every provider for its name and preference, and for its
 * availability only those whose turn comes. One that cannot be loaded, or throws, is told of and hides no others.
 *
 * <p>Implementations have a public no-argument constructor, do no I/O in it, load no native code before
 * {@link #availability()} or {@link #open} is called, and are safe to call from any thread.
 */
public interface TransportProvider {

    /**
     * The name by which users choose this transport, in the URI option {@code transport}, for example {@code "nio"}.
     * They may write it in upper case too.
     *
     * @return a lower-case name that no other provider on the path uses; of several the available one, then that of
     *     higher preference, then the first by class name is used, with a warning
     */
    String name();

    /**
     * How much this provider wants to be the default: among the available ones, the highest wins, and of equal ones the
     * first by name. {@code nio} has 0, {@code netty} 10, {@code kqueue} 90, {@code epoll} 100.
     *
     * @return the preference; a negative one means "only when named"
     */
    int preference();

    /**
     * Whether this transport can run here, and if not, why. The reason follows "cannot run here: ", in the failure of a
     * client that names this transport and in the log line of one that passes it over.
     *
     * @return the answer; never throws, not even linkage errors
     */
    Availability availability();

    /**
     * Opens a transport. Starts its loops' threads, does no network I/O.
     *
     * @param settings what to open it with
     * @return the open transport, owned by the caller
     * @throws IllegalArgumentException if the settings do not fit this transport, for example a foreign event loop
     *     group of another kind
     * @throws IllegalStateException if this transport is not available here; the message carries the reason, and the
     *     client is not created
     */
    Transport open(TransportSettings settings);
}
