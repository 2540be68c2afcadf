package dev.rotor.transport.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Availability;
import dev.rotor.transport.iouring.IoUringReasons.Kernel;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IoUringReasonsTest {

    private static final Kernel PLAIN = new Kernel("6.1.0-13-amd64", 0);

    private static Availability of(String words, Kernel kernel) {
        return IoUringReasons.of(
                new ExceptionInInitializerError(new RuntimeException(new IOException(words))), "amd64", false, kernel);
    }

    @Test
    void aLimitOfLockedMemoryIsNamedWithTheMeansToRaiseIt() {
        Availability answer = of("io_uring_setup: Cannot allocate memory", PLAIN);

        assertThat(answer.available()).isFalse();
        assertThat(answer.reason()).contains("locked memory", "ulimit -l", "LimitMEMLOCK", "Cannot allocate memory");
    }

    @Test
    void aKernelWhereItIsSwitchedOffIsToldFromAContainerThatForbidsIt() {
        assertThat(of("io_uring_setup: Operation not permitted", new Kernel("6.6.0", 2))
                        .reason())
                .contains("kernel.io_uring_disabled=2");
        assertThat(of("io_uring_setup: Operation not permitted", PLAIN).reason())
                .contains("seccomp", "epoll");
    }

    @Test
    void aMissingLibraryNamesTheArtifact() {
        Availability answer = IoUringReasons.of(new UnsatisfiedLinkError("no library"), "aarch64", false, PLAIN);

        assertThat(answer.reason())
                .contains("io.netty:netty-transport-native-io_uring", "linux-aarch_64")
                .doesNotContain("module");
    }

    @Test
    void aJarWithoutTheLibraryIsNoFaultOfTheKernels() {
        UnsatisfiedLinkError cause = new UnsatisfiedLinkError("could not load a native library");
        cause.initCause(new FileNotFoundException("META-INF/native/libnetty_transport_native_io_uring42_x86_64.so"));

        assertThat(IoUringReasons.of(new ExceptionInInitializerError(cause), "amd64", false, PLAIN)
                        .reason())
                .contains("io.netty:netty-transport-native-io_uring", "linux-x86_64")
                .doesNotContain("kernel");
    }

    @Test
    void onTheModulePathTheOtherProcessorsLibraryMayHideIt() {
        Availability answer = IoUringReasons.of(new UnsatisfiedLinkError("no library"), "aarch64", true, PLAIN);

        assertThat(answer.reason())
                .contains("linux-aarch_64")
                .endsWith("; if it is on the module path, leave out the one for the other processor, whose module has"
                        + " the same name");
    }

    @Test
    void noDescriptorsLeftIsSaid() {
        assertThat(of("Too many open files", PLAIN).reason()).contains("ulimit -n");
    }

    @Test
    void anOldKernelIsNamed() {
        assertThat(of("function not implemented", new Kernel("4.19.0-26-amd64", 0))
                        .reason())
                .contains("4.19.0-26-amd64", "epoll", "function not implemented");
    }
}
