package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.Secret;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.fake.FakeTransport;
import org.junit.jupiter.api.Test;

/** A proxy that was asked for is never passed over. */
class ProxySupportTest {

    private static ClientRuntime start(FakeTransport transport, ProxySettings proxy) {
        return ClientRuntime.start(
                MongoClientSettings.builder().proxySettings(proxy).build(),
                new TransportInfo("fake", "for tests"),
                transport,
                Surroundings.REAL);
    }

    @Test
    void aTransportThatKnowsNoProxiesIsRefusedWhenTheClientIsCreatedAndClosed() {
        FakeTransport transport = new FakeTransport().withoutProxies();

        assertThatThrownBy(() -> start(transport, new ProxySettings("proxy.example", 1080)))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("The transport fake cannot connect through a proxy (proxyHost); choose another transport,"
                        + " such as nio");
        assertThat(transport.isClosed()).isTrue();
        assertThat(transport.attempts()).isEmpty();
    }

    @Test
    void aLoginThatSocksCannotSayIsRefusedWhenTheClientIsCreated() {
        FakeTransport transport = new FakeTransport();

        assertThatThrownBy(() ->
                        start(transport, new ProxySettings("proxy.example", 1080, "alice", Secret.of("x".repeat(256)))))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("proxyPassword is longer than the 255 bytes in UTF-8 that SOCKS5 allows");
        assertThat(transport.isClosed()).isTrue();
    }
}
