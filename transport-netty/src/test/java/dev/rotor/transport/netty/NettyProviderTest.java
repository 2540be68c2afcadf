package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NettyProviderTest {

    @Test
    void theServiceLoaderFindsBothFlavours() {
        assertThat(ServiceLoader.load(TransportProvider.class))
                .extracting(TransportProvider::name)
                .contains("netty", "kqueue");
    }

    @Test
    void whatIsNativeIsPreferredAndBothToTheJdksOwn() {
        assertThat(new NettyNioProvider().preference()).isPositive();
        assertThat(new KQueueProvider().preference()).isGreaterThan(new NettyNioProvider().preference());
    }

    @Test
    void elsewhereThanOnMacOsKqueueSaysWhereItRuns() {
        Availability availability = KQueueProvider.availability("Linux", "amd64");

        assertThat(availability.available()).isFalse();
        assertThat(availability.reason()).contains("kqueue", "macOS", "Linux", "epoll", "nio");
    }

    @Test
    void openingWhatIsNotAvailableIsRefusedWithTheReason() {
        KQueueProvider kqueue = new KQueueProvider();
        assumeTrue(!kqueue.availability().available(), "this is macOS, where kqueue is available");

        assertThatThrownBy(() -> kqueue.open(TransportSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kqueue")
                .hasMessageContaining(kqueue.availability().reason());
    }

    @Test
    void missingClassesAreAnAnswerNotAnError() {
        Availability availability = NettyPresence.check("netty", () -> {
            throw new NoClassDefFoundError("io/netty/channel/Channel");
        });

        assertThat(availability.available()).isFalse();
        assertThat(availability.reason()).contains("Netty 4.2", "io/netty/channel/Channel");
    }

    @Test
    void aQuestionThatFailsIsAnAnswerToo() {
        Availability availability = NettyPresence.check("netty", () -> {
            throw new IllegalStateException("odd");
        });

        assertThat(availability.available()).isFalse();
        assertThat(availability.reason()).contains("netty", "odd");
    }

    @Test
    void aMissingNativeLibraryNamesTheArtifactAndItsClassifier() {
        for (String[] one : new String[][] {{"amd64", "x86_64"}, {"aarch64", "aarch_64"}, {"arm64", "aarch_64"}}) {
            Availability availability = NettyPresence.nativeMissing(
                    "epoll",
                    "io.netty:netty-transport-native-epoll",
                    "linux",
                    one[0],
                    new ExceptionInInitializerError(new UnsatisfiedLinkError("no such library")));

            assertThat(availability.available()).isFalse();
            assertThat(availability.reason())
                    .contains("io.netty:netty-transport-native-epoll", "linux-" + one[1], "no such library");
            assertThat(availability.cause()).isInstanceOf(UnsatisfiedLinkError.class);
        }
    }

    @Test
    void onTheModulePathKqueueNamesTheModuleToAdd() {
        UnsatisfiedLinkError cause = new UnsatisfiedLinkError("no such library");

        assertThat(KQueueProvider.nativeMissing("aarch64", true, cause).reason())
                .contains("osx-aarch_64")
                .endsWith("--add-modules io.netty.transport.kqueue.osx.aarch_64");
        assertThat(KQueueProvider.nativeMissing("aarch64", false, cause).reason())
                .doesNotContain("module");
    }

    @Test
    void aProcessorWithoutNativeLibrariesIsNamed() {
        Availability availability =
                NettyPresence.nativeMissing("epoll", "a:b", "linux", "s390x", new UnsatisfiedLinkError("no"));

        assertThat(availability.reason()).contains("s390x", "nio").doesNotContain("a:b");
    }

    @Test
    void aThreadFactoryThatGivesNothingIsSaid() {
        TransportSettings settings = new TransportSettings(1, "x", task -> noThread(), null);

        assertThatThrownBy(() -> new NettyNioProvider().open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread factory");
    }

    @Test
    void aThreadThatCannotBeStartedIsSaidAndTheThreadsBeforeItEnd() throws Exception {
        List<Thread> started = new ArrayList<>();
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        TransportSettings settings = new TransportSettings(
                3,
                "x",
                task -> {
                    if (started.size() == 2) {
                        throw none;
                    }
                    Thread thread = new Thread(task);
                    started.add(thread);
                    return thread;
                },
                null);

        assertThatThrownBy(() -> new NettyNioProvider().open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event loop 3 of 3: unable to create native thread")
                .hasCause(none);

        for (Thread thread : started) {
            thread.join(60_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @SuppressWarnings("NullAway") // the mistake under test
    private static Thread noThread() {
        return null;
    }
}
