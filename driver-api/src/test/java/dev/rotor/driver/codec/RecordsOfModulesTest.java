package dev.rotor.driver.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.tools.ToolProvider;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records where reflection has to be let in: in modules, and in no package at all. */
class RecordsOfModulesTest {

    private final Path folder;

    RecordsOfModulesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path source(String name, String text) {
        Path file = folder.resolve("src").resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path compile(Path... sources) {
        Path out = folder.resolve("classes");
        List<String> arguments = new java.util.ArrayList<>(List.of("-proc:none", "-d", out.toString()));
        for (Path source : sources) {
            arguments.add(source.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("compiled").isZero();
        return out;
    }

    /** The record {@code org.example.model.Thing} in a module of its own. */
    private Class<?> thing(String visibility, String directive) throws ClassNotFoundException {
        Path classes = compile(
                source("module-info.java", "module org.example { " + directive + " }"),
                source(
                        "org/example/model/Thing.java",
                        "package org.example.model; " + visibility + " record Thing(int x, String y) {}"));
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("org.example"));
        ModuleLayer layer = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, getClass().getClassLoader());
        Class<?> thing = layer.findLoader("org.example").loadClass("org.example.model.Thing");
        assertThat(thing.getModule().isNamed()).isTrue();
        return thing;
    }

    private static void comesBack(Class<?> type) {
        BsonDocument document = BsonDocument.parse("{x: 1, y: 'a'}");
        Object value = Coding.decode(Coding.REGISTRY, type, document);
        assertThat(value).hasToString("Thing[x=1, y=a]");
        assertThat(Coding.encode(value)).isEqualTo(document);
    }

    @Test
    void aClosedPackageIsAnsweredWithTheDirectiveThatOpensIt() throws Exception {
        Class<?> closed = thing("public", "");
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, closed))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageStartingWith("the module org.example does not let the driver into org.example.model.Thing;"
                        + " add to its module-info: opens org.example.model");
    }

    @Test
    void anOpenPackageMayHavePrivateRecords() throws Exception {
        comesBack(thing("", "opens org.example.model;"));
    }

    @Test
    void aPublicRecordOfAnExportedPackageNeedsNoMore() throws Exception {
        comesBack(thing("public", "exports org.example.model;"));
    }

    @Test
    void aRecordInNoPackageWorks() throws Exception {
        Path classes = compile(source("Thing.java", "record Thing(int x, String y) {}"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            comesBack(loader.loadClass("Thing"));
        }
    }
}
