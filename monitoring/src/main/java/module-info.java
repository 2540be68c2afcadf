/** Ready-made listeners over the public API of the driver: what a client does, written where an application looks. */
module dev.rotor.monitoring {
    requires static transitive org.jspecify;
    requires transitive dev.rotor.driver;
    requires transitive org.slf4j;

    exports dev.rotor.monitoring;
    exports dev.rotor.monitoring.slf4j;
}
