package dev.rotor.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The class files of the running JDK, as the file system of {@code jrt:/} shows them. */
final class JdkImage {

    /**
     * A class file in the image.
     *
     * @param module its module
     * @param resource its name within the module, {@code java/lang/Object.class}
     * @param path where it can be read
     */
    record ClassResource(String module, String resource, Path path) {

        ClassEntry read() throws IOException {
            byte[] content = Files.readAllBytes(path);
            try {
                return ClassEntry.of(this, content);
            } catch (BadClassFileException e) {
                throw new IOException("cannot read the class file " + path + ": " + e.getMessage(), e);
            }
        }
    }

    private JdkImage() {}

    /**
     * Finds the class files, module descriptors among them, by module and then by resource name.
     *
     * @param limit how many at most
     * @return the first of them
     * @throws IOException if the image cannot be read
     */
    static List<ClassResource> classFiles(long limit) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> paths = Files.walk(modules)) {
            return paths.filter(path -> path.toString().endsWith(".class"))
                    .map(path -> resource(modules, path))
                    .sorted(Comparator.comparing(ClassResource::module).thenComparing(ClassResource::resource))
                    .limit(limit)
                    .toList();
        }
    }

    private static ClassResource resource(Path modules, Path path) {
        Path relative = modules.relativize(path);
        return new ClassResource(
                relative.getName(0).toString(),
                relative.subpath(1, relative.getNameCount()).toString(),
                path);
    }
}
