package dev.rotor.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EpollProviderTest {

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(TransportProvider.class)).hasAtLeastOneElementOfType(EpollProvider.class);
    }

    @Test
    void elsewhereThanOnLinuxItSaysWhereItRuns() {
        Availability availability = EpollProvider.availability("Mac OS X", "aarch64");

        assertThat(availability.available()).isFalse();
        assertThat(availability.reason()).contains("epoll", "Linux", "Mac OS X", "kqueue", "nio");
    }

    @Test
    void aClientThatNamesNoneTakesIt() {
        Availability availability = new EpollProvider().availability();
        assumeTrue(availability.available(), availability::reason);

        try (MongoClient client = MongoClient.create("mongodb://localhost:1/")) {
            assertThat(client.transport().name()).isEqualTo("epoll");
            assertThat(client.transport().reason()).contains("preference");
        }
    }
}
