package dev.rotor.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A module, in a folder of classes or in a jar, and the types that it exports.
 *
 * @param descriptor its module-info
 * @param exported the types that users can name, by exported package; sorted by name
 */
record ApiModule(ModuleDescriptor descriptor, SortedMap<String, List<Class<?>>> exported) {

    private static final String DESCRIPTOR = "module-info.class";
    private static final String CLASS = ".class";

    String name() {
        return descriptor.name();
    }

    /** All exported types, in the order of their packages and names. */
    List<Class<?>> types() {
        return exported.values().stream().flatMap(List::stream).toList();
    }

    /** The modules that the loader finds whose names begin so, sorted by name. */
    static List<ApiModule> onClassPath(String prefix, ClassLoader loader) {
        try {
            List<ApiModule> found = new ArrayList<>();
            for (URL url : Collections.list(loader.getResources(DESCRIPTOR))) {
                if (read(url).name().startsWith(prefix)) {
                    found.add(at(root(url), loader));
                }
            }
            found.sort(Comparator.comparing(ApiModule::name));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The module whose classes are in this folder or jar; the loader must find them. */
    static ApiModule at(Path root, ClassLoader loader) {
        ModuleReference module = ModuleFinder.of(root).findAll().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No module in " + root));
        SortedMap<String, List<Class<?>>> exported = new TreeMap<>();
        module.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .forEach(export -> exported.put(export.source(), new ArrayList<>()));
        try (ModuleReader reader = module.open();
                Stream<String> names = reader.list()) {
            names.filter(name -> name.endsWith(CLASS) && !name.endsWith("-info" + CLASS))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .forEach(name -> Optional.ofNullable(exported.get(name.substring(0, name.lastIndexOf('.'))))
                            .ifPresent(types -> types.add(load(name, loader))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exported.values().forEach(types -> {
            types.removeIf(type -> !isVisible(type));
            types.sort(Comparator.comparing(Class::getCanonicalName));
        });
        return new ApiModule(module.descriptor(), exported);
    }

    /** Whether users can name the type, when its package is exported. */
    private static boolean isVisible(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
            return false;
        }
        Class<?> outer = type.getEnclosingClass();
        int modifiers = type.getModifiers();
        if (outer == null) {
            return Modifier.isPublic(modifiers);
        }
        boolean inherited = Modifier.isProtected(modifiers) && !Modifier.isFinal(outer.getModifiers());
        return (Modifier.isPublic(modifiers) || inherited) && isVisible(outer);
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("The module has " + name + ", which the loader does not find", e);
        }
    }

    private static ModuleDescriptor read(URL descriptor) throws IOException {
        URLConnection connection = descriptor.openConnection();
        // A cache would hold the jar open.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return ModuleDescriptor.read(in);
        }
    }

    private static Path root(URL descriptor) throws IOException {
        try {
            if (descriptor.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String folder = descriptor.toString();
            return Path.of(new URI(folder.substring(0, folder.length() - DESCRIPTOR.length())));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
