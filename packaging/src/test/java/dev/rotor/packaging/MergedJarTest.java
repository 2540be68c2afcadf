package dev.rotor.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.packaging.Application.Run;
import dev.rotor.packaging.MergedJar.ServiceFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application in one jar with everything that it brings. */
class MergedJarTest extends PackagingTest {

    private static final String LOST = " is on the class path or module path, but no"
            + " META-INF/services/dev.rotor.driver.transport.TransportProvider names ";

    private static final String MERGE = ": where jars are merged into one, merge their service files too";

    private List<Path> merged(String name, ServiceFiles serviceFiles) throws Exception {
        // The transports in another order than that of their preference.
        List<Path> all = together(jars.driver(), jars.nio(), jars.flavours(), jars.netty());
        return List.of(MergedJar.of(folder.resolve(name), all, serviceFiles));
    }

    @Test
    void withItsServiceFilesMergedEveryTransportIsFound() throws Exception {
        Run run = application.onClassPath(merged("merged.jar", ServiceFiles.MERGED), Expected.EVERY_ONE);

        assertThat(run.printed()).containsExactlyElementsOf(Expected.printedForEveryOne());
        assertThat(run.logged()).containsExactlyElementsOf(Expected.loggedForEveryOne());
    }

    @Test
    void whereOneServiceFileTookTheOthersPlaceThatIsSaid() throws Exception {
        Run run = application.onClassPath(merged("first.jar", ServiceFiles.FIRST), "-", "epoll");

        assertThat(run.printed())
                .containsExactly(
                        "-: found Ada by nio, the available transport of highest preference",
                        "epoll: refused: Transport \"epoll\" (named by the transport option)" + LOST
                                + "dev.rotor.transport.epoll.EpollProvider" + MERGE + " (found: nio)");
        assertThat(run.logged())
                .containsExactly(
                        lost("netty", "dev.rotor.transport.netty.NettyNioProvider"),
                        lost("kqueue", "dev.rotor.transport.netty.KQueueProvider"),
                        lost("epoll", "dev.rotor.transport.epoll.EpollProvider"),
                        lost("io_uring", "dev.rotor.transport.iouring.IoUringProvider"),
                        "INFO dev.rotor.driver.client - Transport nio: the available transport of highest preference");
    }

    private static String lost(String name, String provider) {
        return "WARN dev.rotor.driver.client - Transport \"" + name + "\" is not used: it" + LOST + provider + MERGE;
    }

    @Test
    void whereAllServiceFilesWereLeftOutThatIsSaid() throws Exception {
        Run run = application.onClassPath(merged("none.jar", ServiceFiles.LEFT_OUT), "-");

        assertThat(run.printed())
                .containsExactly("-: refused: No implementation of the driver was found:"
                        + " dev.rotor.driver.core.client.ClientFactory is on the class path or module path, but no"
                        + " META-INF/services/dev.rotor.driver.spi.MongoClientFactory names it" + MERGE);
    }
}
