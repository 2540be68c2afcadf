package dev.rotor.benchmarks;

/** The drivers by name. Each name's classes are loaded only when it is asked for: no process has all of them. */
public final class Subjects {

    private Subjects() {}

    /**
     * Creates a driver's client.
     *
     * @param driver the driver's name: also that of its folder of jars
     * @param uri where the server is
     * @return the driver
     * @throws IllegalArgumentException if there is no driver of that name
     */
    public static Subject open(String driver, String uri) {
        return switch (driver) {
            case "official-sync" -> new OfficialSync(uri);
            case "official-reactive" -> new OfficialReactive(uri);
            default -> throw new IllegalArgumentException("there is no driver " + driver);
        };
    }
}
