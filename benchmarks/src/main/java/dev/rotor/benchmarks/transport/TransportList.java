package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.ChildJvm;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Tells which transports of its class path can run on this machine, and whether OpenSSL can; a process of its own. */
public final class TransportList {

    /** OpenSSL's name among the transports. */
    static final String OPENSSL = "openssl";

    /** Before the name of one that can run. */
    private static final String CAN_RUN = "runs ";

    /** Before the name and the reason of one that cannot. */
    private static final String CANNOT_RUN = "runs not ";

    /** The last line. */
    private static final String END = "no more";

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
        System.out.println(
                OpenSsl.isAvailable()
                        ? CAN_RUN + OPENSSL
                        : CANNOT_RUN + OPENSSL + ": " + OpenSsl.unavailabilityCause());
        System.out.println(END);
    }

    /** Starts such a process; tells why those that are wanted and cannot run are left out. */
    static List<String> running(List<String> wanted) throws IOException {
        Set<String> running = new TreeSet<>();
        try (ChildJvm list = ChildJvm.start(List.of(), List.of(), "rotor", TransportList.class)) {
            for (String line = list.readLine(""); !line.equals(END); line = list.readLine("")) {
                if (line.startsWith(CANNOT_RUN)) {
                    String reason = line.substring(CANNOT_RUN.length());
                    if (wanted.contains(reason.substring(0, reason.indexOf(':')))) {
                        System.err.println("left out: " + reason);
                    }
                } else if (line.startsWith(CAN_RUN)) {
                    running.add(line.substring(CAN_RUN.length()));
                }
            }
        }
        return wanted.stream().filter(running::contains).toList();
    }
}
