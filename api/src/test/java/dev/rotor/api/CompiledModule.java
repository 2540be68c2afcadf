package dev.rotor.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A small module that a test writes, compiles and looks at. */
final class CompiledModule {

    private CompiledModule() {}

    /** The folder of classes that the sources, by file name, were compiled to. */
    static Path compile(Path folder, Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Assumptions.assumeTrue(compiler != null, "This Java has no compiler: run the tests on a JDK");
        Path classes = folder.resolve("classes");
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = folder.resolve("src").resolve(source.getKey());
                Files.createDirectories(file.getParent());
                written.add(Files.writeString(file, source.getValue()));
            }
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(written);
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-p",
                    jspecify().toString());
            if (!compiler.getTask(said, files, null, options, null, units).call()) {
                throw new IllegalArgumentException(said.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    /** The same classes in a jar. */
    static Path jar(Path classes) {
        Path jar = classes.resolveSibling("module.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                entries.write(Files.readAllBytes(file));
                entries.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** What is said of the module by somebody whose class path has this folder or jar before all else. */
    static <R> R look(Path root, String name, Function<ApiModule, R> at) {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, CompiledModule.class.getClassLoader())) {
            return at.apply(ApiModule.onClassPath(name, loader).get(0));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jspecify() {
        try {
            return Path.of(Nullable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
