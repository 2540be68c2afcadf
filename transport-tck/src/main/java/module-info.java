/** What every transport promises, as JUnit classes that a transport's author extends. */
module dev.rotor.transport.tck {
    requires static transitive org.jspecify;
    requires transitive dev.rotor.driver;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
    requires java.management;

    exports dev.rotor.transport.tck;

    // The claims are methods of the package; JUnit calls them by reflection.
    opens dev.rotor.transport.tck;
}
