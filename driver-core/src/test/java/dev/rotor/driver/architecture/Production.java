package dev.rotor.driver.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.core.time.Clock;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

/** The published modules as they lie on the class path of the tests: folders of classes, or jars. */
final class Production {

    static final URL API = locationOf(MongoClient.class);
    static final URL CORE = locationOf(Clock.class);
    static final URL NIO = locationOf("dev.rotor.transport.nio.NioTransportProvider");

    static final JavaClasses ALL_CLASSES =
            new ClassFileImporter().importLocations(List.of(Location.of(API), Location.of(CORE), Location.of(NIO)));
    static final JavaClasses API_CLASSES = classesOf(API);
    static final JavaClasses CORE_CLASSES = classesOf(CORE);
    static final JavaClasses NIO_CLASSES = classesOf(NIO);

    private Production() {}

    static Path path(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(location.toString(), e);
        }
    }

    static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    static URL locationOf(String className) {
        try {
            return locationOf(Class.forName(className));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JavaClasses classesOf(URL location) {
        return ALL_CLASSES.that(describe(
                "at " + location,
                type -> type.getSource().orElseThrow().getUri().toString().contains(location.getPath())));
    }
}
