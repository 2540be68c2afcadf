package dev.rotor.driver.core.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.core.services.Services.Broken;
import dev.rotor.driver.spi.AwsCredentialSource;
import dev.rotor.driver.spi.ClientCustomizer;
import dev.rotor.driver.transport.TransportProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found through which class loader, and that what is broken hides nothing. */
class ServicesTest {

    private static final String SERVICE_FILE = "META-INF/services/" + ClientCustomizer.class.getName();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A service. */
    public static class Good implements ClientCustomizer {
        @Override
        public void customize(MongoClientSettings.Builder settings) {}
    }

    /** Another one. */
    public static final class Better extends Good {}

    /** Cannot be made. */
    public static final class Unmakeable extends Good {
        public Unmakeable() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Cannot be initialized: native code for other machines, say. */
    public static final class Unlinkable extends Good {
        static final String LIBRARY = load();

        private static String load() {
            throw new UnsatisfiedLinkError("no native code for this machine");
        }
    }

    /** Is no service. */
    public static final class Stranger {}

    private Services.Found<ClientCustomizer> foundWith(String... lines) throws IOException {
        return ServiceFolder.at(folder)
                .with(ClientCustomizer.class, lines)
                .asContext(() -> Services.find(ClientCustomizer.class));
    }

    @Test
    void whatIsBrokenHidesNothingWhereverItStands() throws IOException {
        Services.Found<ClientCustomizer> found = foundWith(
                Unmakeable.class.getName(),
                Good.class.getName(),
                Unlinkable.class.getName(),
                Stranger.class.getName(),
                "com.acme.Gone",
                Better.class.getName());

        assertThat(found.providers()).extracting(Object::getClass).containsExactly(Good.class, Better.class);
        assertThat(found.broken())
                .extracting(Broken::why)
                .containsExactly(
                        "Provider " + Unmakeable.class.getName()
                                + " could not be instantiated: java.lang.IllegalStateException: no licence",
                        "Provider " + Unlinkable.class.getName() + " could not be instantiated:"
                                + " java.lang.UnsatisfiedLinkError: no native code for this machine",
                        Stranger.class.getName() + " not a subtype",
                        "Provider com.acme.Gone not found");
    }

    @Test
    void aServiceWhoseOwnParentIsMissingIsTold() throws IOException {
        String orphan = Better.class.getName();
        URL classes = Good.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader parent = ServicesTest.class.getClassLoader();
        ServiceFolder.at(folder).with(ClientCustomizer.class, orphan, Stranger.class.getName());
        // Sees everything but what the service extends.
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL(), classes}, parent) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        if (name.equals(Good.class.getName())) {
                            throw new ClassNotFoundException(name);
                        }
                        return name.equals(orphan) ? findClass(name) : super.loadClass(name, resolve);
                    }
                }) {
            Services.Found<ClientCustomizer> found =
                    ServiceFolder.asContext(loader, () -> Services.find(ClientCustomizer.class));

            assertThat(found.providers()).isEmpty();
            assertThat(found.broken())
                    .extracting(Broken::why)
                    .containsExactly(
                            "java.lang.NoClassDefFoundError: "
                                    + Good.class.getName().replace('.', '/'),
                            Stranger.class.getName() + " not a subtype");
        }
    }

    @Test
    void aServiceFileThatIsNoneIsToldWithItsLine() throws IOException {
        Services.Found<ClientCustomizer> found = foundWith(Good.class.getName(), "not a class name");

        assertThat(found.broken()).singleElement().satisfies(broken -> assertThat(broken.why())
                .contains(SERVICE_FILE)
                .contains(":2: ")
                .contains("Illegal"));
    }

    @Test
    void whatSeveralLoadersSeeIsThereOnce() {
        Services.Found<TransportProvider> found = ServiceFolder.asContext(
                new ClassLoader(ServicesTest.class.getClassLoader()) {}, () -> Services.find(TransportProvider.class));

        assertThat(found.providers()).extracting(TransportProvider::name).containsOnlyOnce("nio");
        assertThat(found.broken()).isEmpty();
    }

    @Test
    void withoutAContextLoaderTheDriversOwnIsSearched() {
        assertThat(ServiceFolder.asContext(noLoader(), () -> Services.find(TransportProvider.class))
                        .providers())
                .extracting(TransportProvider::name)
                .contains("nio");
    }

    @SuppressWarnings("NullAway") // a thread may have none
    private static ClassLoader noLoader() {
        return null;
    }

    @Test
    void aLoaderThatSeesAnotherCopyOfTheDriverOrNoneIsNotSearched() throws IOException {
        URL api = ClientCustomizer.class.getProtectionDomain().getCodeSource().getLocation();
        URL tests = Good.class.getProtectionDomain().getCodeSource().getLocation();
        ServiceFolder.at(folder).with(ClientCustomizer.class, Good.class.getName());
        for (URL[] path : new URL[][] {
            {folder.toUri().toURL(), tests, api}, {folder.toUri().toURL()}
        }) {
            try (URLClassLoader other = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
                Services.Found<ClientCustomizer> found =
                        ServiceFolder.asContext(other, () -> Services.find(ClientCustomizer.class));

                assertThat(found).isEqualTo(new Services.Found<>(List.of(), List.of()));
            }
        }
    }

    @Test
    void theContextLoaderGoesBeforeTheDriversOwn() {
        ClassLoader context = new ClassLoader(ServicesTest.class.getClassLoader()) {};

        assertThat(ServiceFolder.asContext(context, () -> Services.loaders(TransportProvider.class)))
                .containsExactly(context, TransportProvider.class.getClassLoader());
    }

    @Test
    void aLoaderThatCannotBeSearchedEndsTheSearchInItAlone() {
        ClassLoader unreadable = new ClassLoader(ServicesTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        Services.Found<TransportProvider> found =
                ServiceFolder.asContext(unreadable, () -> Services.find(TransportProvider.class));

        assertThat(found.providers()).extracting(TransportProvider::name).contains("nio");
        assertThat(found.broken())
                .extracting(Broken::why)
                .containsExactly("Error locating configuration files: java.io.IOException: the disk is gone");
    }

    @Test
    void whatNobodyBringsIsNothing() {
        assertThat(Services.find(AwsCredentialSource.class).providers()).isEmpty();
    }

    @Test
    void theReasonsAreDistinctAndHaveTheirCauses() throws IOException {
        Services.Found<ClientCustomizer> found =
                foundWith(Unmakeable.class.getName(), Unmakeable.class.getName(), "com.acme.Gone");

        assertThat(found.broken())
                .extracting(broken -> broken.cause().getClass().getSimpleName(), broken -> broken.why()
                        .contains("Gone"))
                .containsExactly(tuple("ServiceConfigurationError", false), tuple("ServiceConfigurationError", true));
    }
}
