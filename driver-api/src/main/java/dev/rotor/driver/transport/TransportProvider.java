package dev.rotor.driver.transport;

/**
 * A kind of transport, found with {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public no-argument constructor, do no I/O in it, load no native code before
 * {@link #availability()} or {@link #open} is called, and are safe to call from any thread.
 */
public interface TransportProvider {

    /**
     * The name by which users choose this transport, in the URI option {@code transport}, for example {@code "nio"}.
     *
     * @return a lower-case name that no other provider on the path uses
     */
    String name();

    /**
     * How much this provider wants to be the default: among the available ones, the highest wins. {@code nio} has 0.
     *
     * @return the preference; a negative one means "only when named"
     */
    int preference();

    /**
     * Whether this transport can run here, and if not, why.
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
     * @throws IllegalStateException if this transport is not available here; the message carries the reason
     */
    Transport open(TransportSettings settings);
}
