package dev.rotor.driver.core.services;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** A folder with service files of its own, and a class loader that sees it besides the test's class path. */
public final class ServiceFolder {

    private final Path folder;

    private ServiceFolder(Path folder) {
        this.folder = folder;
    }

    /** A folder that is still empty. */
    public static ServiceFolder at(Path folder) {
        return new ServiceFolder(folder);
    }

    /** Lists providers, a line each, which need not be what they are said to be. */
    public ServiceFolder with(Class<?> service, String... lines) throws IOException {
        Path files = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(files.resolve(service.getName()), List.of(lines));
        return this;
    }

    /** What comes out while the folder's loader is that of this thread's context. */
    public <T> T asContext(Supplier<T> body) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ServiceFolder.class.getClassLoader())) {
            return asContext(loader, body);
        }
    }

    /** What comes out while a loader is that of this thread's context. */
    public static <T> T asContext(ClassLoader loader, Supplier<T> body) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return body.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
