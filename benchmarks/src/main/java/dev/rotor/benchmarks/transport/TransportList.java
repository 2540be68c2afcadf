package dev.rotor.benchmarks.transport;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.ServiceLoader;

/** Tells which transports of its class path can run on this machine; a process of its own. */
public final class TransportList {

    /** Before the name of one that can run. */
    static final String CAN_RUN = "runs ";

    /** Before the name and the reason of one that cannot. */
    static final String CANNOT_RUN = "runs not ";

    /** The last line. */
    static final String END = "no more";

    private TransportList() {}

    /** Prints a line for each, then {@link #END}; takes no arguments. */
    public static void main(String[] arguments) {
        for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
            Availability availability = provider.availability();
            System.out.println(
                    availability.available()
                            ? CAN_RUN + provider.name()
                            : CANNOT_RUN + provider.name() + ": " + availability.reason());
        }
        System.out.println(END);
    }
}
