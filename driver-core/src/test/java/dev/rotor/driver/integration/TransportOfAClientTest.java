package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.services.ServiceFolder;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which transport a client says that it has, when applications bring several and name one in one way or another. */
class TransportOfAClientTest {

    private static final String PROPERTY = "dev.rotor.transport";

    private static final String URI = "mongodb://localhost:1/";

    private static final String PREFERRED = "the available transport of highest preference";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** NIO by another name. */
    public static class Acme implements TransportProvider {
        @Override
        public String name() {
            return "acme";
        }

        @Override
        public int preference() {
            return 1000;
        }

        @Override
        public Availability availability() {
            return Availability.yes();
        }

        @Override
        public Transport open(TransportSettings settings) {
            return ServiceLoader.load(TransportProvider.class, TransportProvider.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.name().equals("nio"))
                    .findFirst()
                    .orElseThrow()
                    .open(settings);
        }
    }

    /** Preferred to all, and not for this machine. */
    public static final class Elsewhere extends Acme {
        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public int preference() {
            return 2000;
        }

        @Override
        public Availability availability() {
            return Availability.no("it runs on the moon alone", null);
        }
    }

    /** Only when named, and finds out too late that it cannot. */
    public static final class Late extends Acme {
        @Override
        public String name() {
            return "late";
        }

        @Override
        public int preference() {
            return -1;
        }

        @Override
        public Transport open(TransportSettings settings) {
            throw new IllegalStateException("the limit of locked memory is too small");
        }
    }

    /** Cannot be made. */
    public static final class Unmakeable extends Acme {
        /** Fails. */
        public Unmakeable() {
            throw new UnsatisfiedLinkError("no native code for this machine");
        }
    }

    @BeforeEach
    void severalTransports() throws IOException {
        System.clearProperty(PROPERTY);
        ServiceFolder.at(folder)
                .with(
                        TransportProvider.class,
                        Unmakeable.class.getName(),
                        "com.acme.Gone",
                        Late.class.getName(),
                        Elsewhere.class.getName(),
                        Acme.class.getName());
    }

    @AfterEach
    void noProperty() {
        System.clearProperty(PROPERTY);
    }

    private MongoClient client(MongoClientSettings settings) throws IOException {
        return ServiceFolder.at(folder).asContext(() -> MongoClient.create(settings));
    }

    private TransportInfo transport(MongoClientSettings.Builder settings) throws IOException {
        try (MongoClient client = client(settings.build())) {
            return client.transport();
        }
    }

    private static MongoClientSettings.Builder uri(String options) {
        return MongoClientSettings.builder().applyConnectionString(new ConnectionString(URI + options));
    }

    @Test
    void whatNamesOneIsTheSettingsThenTheSystemPropertyThenThePreference() throws IOException {
        String passedOver = PREFERRED + "; passed over: elsewhere (it runs on the moon alone)";
        assertThat(transport(uri(""))).isEqualTo(new TransportInfo("acme", passedOver));

        System.setProperty(PROPERTY, " NIO ");
        assertThat(transport(uri("")))
                .isEqualTo(new TransportInfo("nio", "named by the system property dev.rotor.transport"));
        assertThat(transport(uri("?transport=ACME")))
                .isEqualTo(new TransportInfo(
                        "acme",
                        "named by the transport option, which goes before the system property"
                                + " dev.rotor.transport=nio"));
        assertThat(transport(uri("").transport("nio")))
                .isEqualTo(new TransportInfo("nio", "named by the transport option"));
    }

    @Test
    void ofTheConnectionStringAndTheBuilderTheLaterCallCounts() throws IOException {
        assertThat(transport(uri("?transport=nio").transport("acme")).name()).isEqualTo("acme");
        assertThat(transport(MongoClientSettings.builder()
                                .transport("acme")
                                .applyConnectionString(new ConnectionString(URI + "?transport=nio")))
                        .name())
                .isEqualTo("nio");
        assertThat(transport(uri("?transport=nio").transport(null)).name()).isEqualTo("acme");
    }

    @Test
    void anOptionWithoutAValueNamesNothing() throws IOException {
        assertThat(transport(uri("?transport=")).name()).isEqualTo("acme");
        assertThat(transport(uri("").transport(" ")).name()).isEqualTo("acme");
    }

    @Test
    void itWorksOverTheTransportThatItNames() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(server.connectionString()))
                        .build())) {
            assertThat(client.transport().name()).isEqualTo("acme");
            assertThat(client.getDatabase("app")
                            .runCommand(new Document("ping", 1))
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS)
                            .get("ok"))
                    .isEqualTo(1.0);
        }
    }

    @Test
    void whatCannotBeChosenFailsTheCreationAndTheNextOneWorks() throws IOException {
        assertThatThrownBy(() -> client(uri("?transport=elsewhere").build()))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Transport \"elsewhere\" (named by the transport option) cannot run here: it runs on the"
                        + " moon alone");
        assertThatThrownBy(() -> client(uri("?transport=late").build()))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Transport \"late\" (named by the transport option) cannot be opened: the limit of locked"
                        + " memory is too small");
        assertThatThrownBy(() -> client(uri("?transport=io_uring").build()))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Transport \"io_uring\" (named by the transport option) is not on the class path or module"
                        + " path: add the artifact dev.rotor:rotor-transport-iouring (found: elsewhere, acme, nio, late;"
                        + " cannot be loaded: Provider " + Unmakeable.class.getName()
                        + " could not be instantiated: java.lang.UnsatisfiedLinkError: no native code for this machine;"
                        + " Provider com.acme.Gone not found)");

        assertThat(transport(uri("?transport=late").transport("acme")).name()).isEqualTo("acme");
    }
}
