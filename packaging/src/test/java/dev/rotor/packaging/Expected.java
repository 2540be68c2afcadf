package dev.rotor.packaging;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** What the application should print on this machine: the providers are asked in the test's own process. */
final class Expected {

    /** All names there are; the first one is that of no name. */
    static final String[] EVERY_ONE = {"-", "nio", "netty", "epoll", "kqueue", "io_uring"};

    private static final String PREFERRED = "the available transport of highest preference";

    /** Those that are taken without being named, the preferred ones first. */
    private static final List<String> BY_PREFERENCE = List.of("epoll", "kqueue", "netty", "nio");

    private Expected() {}

    static Availability availability(String name) {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow()
                .availability();
    }

    /** What is printed for each of {@link #EVERY_ONE}, everything being there. */
    static List<String> printedForEveryOne() {
        List<String> printed = new ArrayList<>();
        printed.add("-: found Ada by " + preferred());
        for (String name : List.of(EVERY_ONE).subList(1, EVERY_ONE.length)) {
            Availability availability = availability(name);
            printed.add(
                    availability.available()
                            ? name + ": found Ada by " + name + ", named by the transport option"
                            : name + ": refused: Transport \"" + name
                                    + "\" (named by the transport option) cannot run here: " + availability.reason());
        }
        return printed;
    }

    /** What is logged for them: a line per client that could be made. */
    static List<String> loggedForEveryOne() {
        List<String> logged = new ArrayList<>();
        logged.add("INFO dev.rotor.driver.client - Transport " + preferred().replaceFirst(", ", ": "));
        for (String name : List.of(EVERY_ONE).subList(1, EVERY_ONE.length)) {
            if (availability(name).available()) {
                logged.add("INFO dev.rotor.driver.client - Transport " + name + ": named by the transport option");
            }
        }
        return logged;
    }

    private static String preferred() {
        List<String> passedOver = new ArrayList<>();
        for (String name : BY_PREFERENCE) {
            Availability availability = availability(name);
            if (availability.available()) {
                return name + ", " + PREFERRED
                        + (passedOver.isEmpty() ? "" : "; passed over: " + String.join(", ", passedOver));
            }
            passedOver.add(name + " (" + availability.reason() + ")");
        }
        throw new IllegalStateException("nio can run everywhere");
    }
}
