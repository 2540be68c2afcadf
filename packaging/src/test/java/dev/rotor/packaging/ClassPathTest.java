package dev.rotor.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.packaging.Application.Run;
import org.junit.jupiter.api.Test;

/** The application with its jars on the class path. */
class ClassPathTest extends PackagingTest {

    @Test
    void everyTransportIsFoundAndEachClientSaysWhichItHas() throws Exception {
        Run run = application.onClassPath(jars.all(), Expected.EVERY_ONE);

        assertThat(run.printed()).containsExactlyElementsOf(Expected.printedForEveryOne());
        assertThat(run.logged()).containsExactlyElementsOf(Expected.loggedForEveryOne());
    }

    @Test
    void withNioAloneItIsTheDefaultAndAnotherOneIsRefusedWithItsArtifact() throws Exception {
        Run run = application.onClassPath(together(jars.driver(), jars.nio()), "-", "epoll", "epol");

        assertThat(run.printed())
                .containsExactly(
                        "-: found Ada by nio, the available transport of highest preference",
                        "epoll: refused: Transport \"epoll\" (named by the transport option) is not on the class path or"
                                + " module path: add the artifact dev.rotor:rotor-transport-netty-epoll (found: nio)",
                        "epol: refused: Transport \"epol\" (named by the transport option) is not known (did you mean"
                                + " \"epoll\"?): there are nio (dev.rotor:rotor-transport-nio), netty and kqueue"
                                + " (dev.rotor:rotor-transport-netty), epoll (dev.rotor:rotor-transport-netty-epoll) and"
                                + " io_uring (dev.rotor:rotor-transport-iouring) (found: nio)");
        assertThat(run.logged())
                .containsExactly("INFO dev.rotor.driver.client - Transport nio: the available transport of highest"
                        + " preference");
    }

    @Test
    void withoutAnyTransportTheArtifactToAddIsNamed() throws Exception {
        assertThat(application.onClassPath(jars.driver(), "-").printed())
                .containsExactly("-: refused: There is no transport on the class path or module path: add the artifact"
                        + " dev.rotor:rotor-transport-nio");
    }

    @Test
    void withoutNettyItsTransportsAreLeftOutInWordsAndNioIsUsed() throws Exception {
        Run run = application.onClassPath(together(jars.driver(), jars.flavours(), jars.nio()), "-", "nio");

        assertThat(run.printed())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("-: found Ada by nio, "),
                        second -> assertThat(second).isEqualTo("nio: found Ada by nio, named by the transport option"));
        assertThat(String.join("\n", run.logged())).contains("io/netty/");
    }
}
