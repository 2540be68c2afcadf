package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.driver.spi.MongoClientFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFactoriesTest {
    @Test
    void withoutAnImplementationTheErrorNamesTheArtifactToAdd() {
        assertThatExceptionOfType(MongoConfigurationException.class)
                .isThrownBy(() -> ClientFactories.find(null, getClass().getClassLoader()))
                .withMessageContaining("dev.rotor:rotor-driver-core");
    }

    @Test
    void aMalformedConnectionStringIsFoundBeforeAnImplementationIsLookedFor() {
        assertThatExceptionOfType(MongoConfigurationException.class)
                .isThrownBy(() -> MongoClient.create("http://user:hunter2@db1"))
                .satisfies(e ->
                        assertThat(e.getMessage()).doesNotContain("hunter2").doesNotContain("rotor-driver-core"));
    }

    @Test
    void everyWayToMakeAClientLooksForAnImplementation() {
        for (ThrowingCallable way : List.<ThrowingCallable>of(
                () -> MongoClient.create("mongodb://db1"),
                () -> MongoClient.create(new ConnectionString("mongodb://db1")),
                () -> MongoClient.create(MongoClientSettings.builder().build()))) {
            assertThatExceptionOfType(MongoConfigurationException.class)
                    .isThrownBy(way)
                    .withMessageContaining("dev.rotor:rotor-driver-core");
        }
    }

    @Test
    void theFirstClassLoaderThatSeesAnImplementationWins(@TempDir Path folder) throws Exception {
        try (URLClassLoader loader = loaderWithProvider(folder, Refusing.class.getName())) {
            assertThat(ClientFactories.find(getClass().getClassLoader(), loader))
                    .isInstanceOf(Refusing.class);
            assertThat(ClientFactories.find(null, loader)).isInstanceOf(Refusing.class);
        }
    }

    @Test
    void anImplementationThatCannotBeLoadedIsNotTakenForAMissingOne(@TempDir Path folder) throws Exception {
        try (URLClassLoader loader = loaderWithProvider(folder, "dev.rotor.driver.core.Gone")) {
            assertThatExceptionOfType(MongoConfigurationException.class)
                    .isThrownBy(() -> ClientFactories.find(loader))
                    .withMessageContaining("could not be loaded")
                    .withMessageContaining("dev.rotor.driver.core.Gone");
        }
    }

    @Test
    void anImplementationThatNoServiceFileNamesIsSaidToBeThere(@TempDir Path folder) throws Exception {
        Path core = Files.createDirectories(folder.resolve("dev/rotor/driver/core/client"));
        Files.createFile(core.resolve("ClientFactory.class"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThatExceptionOfType(MongoConfigurationException.class)
                    .isThrownBy(() -> ClientFactories.find(null, loader))
                    .withMessage("No implementation of the driver was found:"
                            + " dev.rotor.driver.core.client.ClientFactory is on the class path or module path, but no"
                            + " META-INF/services/dev.rotor.driver.spi.MongoClientFactory names it: where jars are"
                            + " merged into one, merge their service files too");
        }
    }

    private URLClassLoader loaderWithProvider(Path folder, String className) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(MongoClientFactory.class.getName()), className);
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    /** Found, and never asked for a client. */
    public static final class Refusing implements MongoClientFactory {
        @Override
        public MongoClient create(MongoClientSettings settings) {
            throw new UnsupportedOperationException("this factory is only looked for");
        }
    }
}
