/** An application that knows the driver's API alone: the driver and its transports are found as services. */
module dev.rotor.packaging {
    // Annotations of its own: not there at run time.
    requires static org.jspecify;
    requires dev.rotor.driver;
}
