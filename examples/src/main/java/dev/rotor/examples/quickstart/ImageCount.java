package dev.rotor.examples.quickstart;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What must be in the database in the end, counted a second time and in another way: by {@code java.lang.module}, from
 * resource names alone, without a look into a class file. So a fault of the file walk, of the class-file reader or of
 * the driver shows as a difference.
 *
 * @param classFiles all class files, up to the limit: as many must have been inserted
 * @param moduleDescriptors how many of them describe a module: as many must have been deleted
 * @param internal how many of the others are in internal packages: as many must have been marked
 * @param modules class files other than module descriptors, and their bytes, by module; none that has no such files
 */
record ImageCount(long classFiles, long moduleDescriptors, long internal, Map<String, Total> modules) {

    /**
     * A number of class files.
     *
     * @param classes how many
     * @param bytes how big all of them are together
     */
    record Total(long classes, long bytes) {

        Total plus(long size) {
            return new Total(classes + 1, bytes + size);
        }
    }

    private static final String DESCRIPTOR = "module-info.class";

    /**
     * Counts.
     *
     * @param limit how many class files at most, in the order of {@link JdkImage#classFiles}
     * @return what is there
     * @throws IOException if a module cannot be read
     */
    static ImageCount take(long limit) throws IOException {
        List<ModuleReference> all = ModuleFinder.ofSystem().findAll().stream()
                .sorted(Comparator.comparing(module -> module.descriptor().name()))
                .toList();
        long left = limit;
        long descriptors = 0;
        long internal = 0;
        Map<String, Total> totals = new TreeMap<>();
        for (ModuleReference module : all) {
            String name = module.descriptor().name();
            try (ModuleReader reader = module.open()) {
                for (String resource : resources(reader, left)) {
                    left--;
                    if (resource.equals(DESCRIPTOR)) {
                        descriptors++;
                        continue;
                    }
                    totals.put(name, totals.getOrDefault(name, new Total(0, 0)).plus(size(reader, resource)));
                    internal += isInternal(resource) ? 1 : 0;
                }
            }
        }
        return new ImageCount(limit - left, descriptors, internal, totals);
    }

    private static List<String> resources(ModuleReader reader, long limit) throws IOException {
        try (Stream<String> names = reader.list()) {
            return names.filter(name -> name.endsWith(".class"))
                    .sorted()
                    .limit(limit)
                    .toList();
        }
    }

    private static int size(ModuleReader reader, String resource) throws IOException {
        ByteBuffer content =
                reader.read(resource).orElseThrow(() -> new IOException("cannot read " + resource + " of the JDK"));
        try {
            return content.remaining();
        } finally {
            reader.release(content);
        }
    }

    /**
     * Whether a class is in an internal package, by its path; {@link Changes} says the same as a regular expression.
     */
    static boolean isInternal(String resource) {
        return resource.startsWith("sun/") || resource.startsWith("com/sun/") || resource.contains("/internal/");
    }
}
