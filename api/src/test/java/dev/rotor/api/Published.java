package dev.rotor.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The published modules, and the source tree that they are in. */
final class Published {

    /** The modules by the artifacts' names, which their folders and dumps have too. */
    static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "driver-api", "dev.rotor.driver",
            "driver-core", "dev.rotor.driver.core",
            "gridfs", "dev.rotor.gridfs",
            "monitoring", "dev.rotor.monitoring",
            "transport-iouring", "dev.rotor.transport.iouring",
            "transport-netty", "dev.rotor.transport.netty",
            "transport-netty-epoll", "dev.rotor.transport.epoll",
            "transport-nio", "dev.rotor.transport.nio",
            "transport-tck", "dev.rotor.transport.tck"));

    static final Path ROOT = root();

    static final List<ApiModule> FOUND = ApiModule.onClassPath("dev.rotor.", loader());

    private Published() {}

    static ApiModule module(String artifact) {
        return FOUND.stream()
                .filter(module -> module.name().equals(MODULES.get(artifact)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("rotor-" + artifact + " is not on the class path"));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassLoader loader() {
        return Published.class.getClassLoader();
    }

    /** The nearest folder above that has the Maven settings of the whole build. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("The tests run outside of the source tree");
            }
        }
        return folder;
    }
}
