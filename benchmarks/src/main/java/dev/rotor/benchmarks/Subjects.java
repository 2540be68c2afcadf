package dev.rotor.benchmarks;

/** The drivers by name. Each name's classes are loaded only when it is asked for: no process has all of them. */
public final class Subjects {

    /** What needs no jars. */
    static final String NO_JARS = "bare";

    private Subjects() {}

    /**
     * Creates a driver's client.
     *
     * @param driver {@code official-sync}, {@code official-reactive}, {@code rotor}, {@code rotor:} and the name of one
     *     of its transports (and perhaps further options, as in {@code rotor:nio&maxPoolSize=64}), or {@code bare}
     * @param uri where the server is
     * @return the driver
     * @throws IllegalArgumentException if there is no driver of that name
     */
    public static Subject open(String driver, String uri) {
        return switch (jars(driver)) {
            case "rotor" -> new Rotor(uri, driver.contains(":") ? driver.substring(driver.indexOf(':') + 1) : null);
            case NO_JARS -> new Bare(uri);
            case "official-sync" -> new OfficialSync(uri);
            case "official-reactive" -> new OfficialReactive(uri);
            default -> throw new IllegalArgumentException("there is no driver " + driver);
        };
    }

    /** The folder of the jars that a driver needs. */
    static String jars(String driver) {
        return driver.split(":", 2)[0];
    }
}
