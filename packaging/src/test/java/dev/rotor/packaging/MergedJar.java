package dev.rotor.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Puts many jars into one, as builds do that deliver one file. */
final class MergedJar {

    private static final String SERVICES = "META-INF/services/";

    /** What becomes of service files of the same name. */
    enum ServiceFiles {
        /** One after the other, as the ServicesResourceTransformer of maven-shade-plugin does it. */
        MERGED,
        /** The first one stays, as of any other file that is there more than once. */
        FIRST,
        /** None of them gets in. */
        LEFT_OUT
    }

    private MergedJar() {}

    static Path of(Path target, List<Path> jars, ServiceFiles serviceFiles) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        // Parts of some libraries are for newer JDKs.
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Map<String, ByteArrayOutputStream> services = new LinkedHashMap<>();
        Set<String> written = new HashSet<>();
        try (JarOutputStream merged = new JarOutputStream(Files.newOutputStream(target), manifest)) {
            for (Path jar : jars) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
                        JarEntry entry = all.nextElement();
                        if (isService(entry)) {
                            add(file, entry, services, serviceFiles);
                        } else if (isOfUse(entry) && written.add(entry.getName())) {
                            merged.putNextEntry(new JarEntry(entry.getName()));
                            copy(file, entry, merged);
                        }
                    }
                }
            }
            for (Map.Entry<String, ByteArrayOutputStream> service : services.entrySet()) {
                merged.putNextEntry(new JarEntry(service.getKey()));
                service.getValue().writeTo(merged);
            }
        }
        return target;
    }

    private static boolean isService(JarEntry entry) {
        return entry.getName().startsWith(SERVICES) && !entry.isDirectory();
    }

    /** Descriptors, indexes and signatures are of the jars that they come from. */
    private static boolean isOfUse(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.equals(JarFile.MANIFEST_NAME)
                && !name.equals("META-INF/INDEX.LIST")
                && !name.endsWith("module-info.class")
                && !name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)");
    }

    private static void add(
            JarFile file, JarEntry entry, Map<String, ByteArrayOutputStream> services, ServiceFiles serviceFiles)
            throws IOException {
        boolean first = !services.containsKey(entry.getName());
        if (serviceFiles == ServiceFiles.MERGED || (serviceFiles == ServiceFiles.FIRST && first)) {
            ByteArrayOutputStream lines =
                    services.computeIfAbsent(entry.getName(), name -> new ByteArrayOutputStream());
            copy(file, entry, lines);
            lines.write('\n');
        }
    }

    private static void copy(JarFile file, JarEntry entry, OutputStream out) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            in.transferTo(out);
        }
    }
}
