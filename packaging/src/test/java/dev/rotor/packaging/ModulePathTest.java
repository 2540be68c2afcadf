package dev.rotor.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.packaging.Application.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application as a module that requires the API alone, with its jars on the module path. */
class ModulePathTest extends PackagingTest {

    /** What the documentation tells to leave out is left out. */
    private List<Path> modules() throws Exception {
        List<Path> modules = new ArrayList<>(jars.all());
        modules.removeIf(Jars::isIoUringOfOtherProcessor);
        return modules;
    }

    @Test
    void everyTransportIsFoundAndEachClientSaysWhichItHas() throws Exception {
        Run run = application.onModulePath(modules(), Expected.EVERY_ONE);

        assertThat(run.printed()).containsExactlyElementsOf(Expected.printedForEveryOne());
        assertThat(run.logged()).containsExactlyElementsOf(Expected.loggedForEveryOne());
    }

    @Test
    void withNioAloneItIsTheDefaultAndAnotherOneIsRefusedWithItsArtifact() throws Exception {
        Run run = application.onModulePath(together(jars.driver(), jars.nio()), "-", "io_uring");

        assertThat(run.printed())
                .containsExactly(
                        "-: found Ada by nio, the available transport of highest preference",
                        "io_uring: refused: Transport \"io_uring\" (named by the transport option) is not on the class"
                                + " path or module path: add the artifact dev.rotor:rotor-transport-iouring"
                                + " (found: nio)");
    }

    @Test
    void aFolderOfAllModulesIsAModulePathToo() throws Exception {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        for (Path jar : modules()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }

        assertThat(application.onModulePath(List.of(lib), "-", "nio").printed())
                .containsExactlyElementsOf(Expected.printedForEveryOne().subList(0, 2));
    }

    @Test
    void twoNativeLibrariesOfIoUringInOneFolderAreTwoModulesOfOneName() throws Exception {
        Path lib = Files.createDirectory(folder.resolve("both"));
        for (Path jar : jars.all()) {
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }

        Run run = application.onModulePath(List.of(lib), "nio");

        assertThat(run.exit()).isNotZero();
        assertThat(String.join("\n", run.out()) + String.join("\n", run.err()))
                .contains("Two versions of module io.netty.transport.io_uring.linux.x86_64 found");
    }

    @Test
    void behindTheNativeLibraryOfAnotherProcessorItsOwnIsNotSeenAndTheReasonSaysSo() throws Exception {
        assumeTrue(Expected.availability("io_uring").available(), "io_uring does not run on this machine anyway");
        List<Path> modules = new ArrayList<>(jars.all());
        modules.removeIf(jar -> Jars.isIoUringNative(jar) && !Jars.isIoUringOfOtherProcessor(jar));
        List<Path> own = new ArrayList<>(jars.netty());
        own.removeIf(jar -> !Jars.isIoUringNative(jar) || Jars.isIoUringOfOtherProcessor(jar));

        Run run = application.onModulePath(together(modules, own), "io_uring");

        assertThat(run.printed())
                .singleElement()
                .asString()
                .startsWith(
                        "io_uring: refused: Transport \"io_uring\" (named by the transport option) cannot run here: ")
                .contains("leave out the one for the other processor");
    }
}
