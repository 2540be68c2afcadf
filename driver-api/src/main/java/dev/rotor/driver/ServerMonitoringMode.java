package dev.rotor.driver;

/**
 * Which protocol monitors speak with servers that can stream their state, as the Server Monitoring specification
 * defines it.
 */
public enum ServerMonitoringMode {
    /** The server pushes its changes; the connection string's {@code stream}. */
    STREAM("stream"),
    /** The monitor asks every heartbeat interval; the connection string's {@code poll}. */
    POLL("poll"),
    /** Poll where the client runs as a function of a cloud provider, else stream; the default. */
    AUTO("auto");

    private final String wireName;

    ServerMonitoringMode(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The mode's name in connection strings.
     *
     * @return for example {@code "auto"}
     */
    public String wireName() {
        return wireName;
    }
}
