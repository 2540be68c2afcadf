package dev.rotor.driver.core.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCompressor;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Applications without the libraries, or with broken ones: the same classes in a class loader that does not see them.
 */
class MissingLibraryTest {

    /** A loader of everything on the class path but some jars. */
    private static URLClassLoader without(Predicate<String> jars) {
        List<URL> urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty()
                        && !jars.test(Path.of(entry).getFileName().toString()))
                .map(MissingLibraryTest::url)
                .toList();
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Called by name, in the other loader: tells what is chosen, then what is warned of. */
    public static List<String> wantAllThree() {
        List<String> told = new ArrayList<>();
        Consumer<String> warn = warning -> told.add("warning: " + warning);
        Compressors.choose(
                        List.of(MongoCompressor.SNAPPY, MongoCompressor.ZSTD, MongoCompressor.ZLIB),
                        Compressors.ownProviders(),
                        warn)
                .forEach(compressor -> told.add(compressor.name()));
        return told;
    }

    private static List<?> wantAllThreeIn(ClassLoader loader) throws Exception {
        Method method = loader.loadClass(MissingLibraryTest.class.getName()).getMethod("wantAllThree");
        // The test's class is of no interest to others, but this one is another.
        method.setAccessible(true);
        try {
            return (List<?>) method.invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Test
    void withoutBothLibrariesZlibIsLeftAndTheWarningsSayWhatToAdd() throws Exception {
        try (URLClassLoader loader = without(jar -> jar.startsWith("snappy-java") || jar.startsWith("zstd-jni"))) {
            assertThat(wantAllThreeIn(loader))
                    .isEqualTo(List.of(
                            "warning: The compressor 'snappy' is not used: org.xerial.snappy:snappy-java is not there:"
                                    + " add it to the class path, or to the module path with --add-modules snappy.java",
                            "warning: The compressor 'zstd' is not used: com.github.luben:zstd-jni is not there: add it"
                                    + " to the class path, or to the module path with --add-modules"
                                    + " com.github.luben.zstd_jni",
                            "zlib"));
        }
    }

    @Test
    void eachLibraryIsMissedByItself() throws Exception {
        try (URLClassLoader loader = without(jar -> jar.startsWith("zstd-jni"))) {
            assertThat(wantAllThreeIn(loader)).hasSize(3).last().isEqualTo("zlib");
            assertThat(wantAllThreeIn(loader).get(1)).isEqualTo("snappy");
        }
        try (URLClassLoader loader = without(jar -> jar.startsWith("snappy-java"))) {
            assertThat(wantAllThreeIn(loader).get(1)).isEqualTo("zstd");
        }
    }

    @Test
    void aLibraryWhoseNativeCodeIsNotForThisMachineIsAWarningEachTime() {
        NativeLibraryTrial trial = new NativeLibraryTrial();
        for (int i = 0; i < 2; i++) {
            assertThat(trial.availability().available()).isFalse();
            assertThat(trial.availability().reason()).startsWith("some:artifact does not work here: ");
        }
    }

    /** What such a library does: its first use fails in a static initializer, later ones as if it were not there. */
    private static final class NativeLibraryTrial {
        dev.rotor.driver.transport.Availability availability() {
            return NativeLibrary.availability("some:artifact", "some.module", () -> {
                throw new AssertionError("never made: " + Broken.VALUE);
            });
        }
    }

    private static final class Broken {
        static final int VALUE = fail();

        private static int fail() {
            throw new UnsatisfiedLinkError("no native code for this machine");
        }
    }
}
