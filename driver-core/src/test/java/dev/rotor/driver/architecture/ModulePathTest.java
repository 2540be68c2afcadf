package dev.rotor.driver.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.ongres.saslprep.SASLprep;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.stringprep.Profile;
import dev.rotor.driver.MongoClient;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;
import org.xerial.snappy.Snappy;

/** Rotor as its users may have it: on the module path. */
class ModulePathTest {

    private static final Path API = Production.path(Production.API);
    private static final Path CORE = Production.path(Production.CORE);
    private static final Path NIO = Production.path(Production.NIO);

    /** With a back end for the logging, and without the annotations, which are optional. */
    private static final ModuleFinder MODULE_PATH = ModuleFinder.of(
            API,
            CORE,
            NIO,
            Production.path(Production.locationOf(Document.class)),
            Production.path(Production.locationOf(Logger.class)),
            Production.path(Production.locationOf(ScramFunctions.class)),
            Production.path(Production.locationOf(SASLprep.class)),
            Production.path(Production.locationOf(Profile.class)),
            Production.path(Production.locationOf(NOPServiceProvider.class)));

    private static ModuleDescriptor descriptor(String name) {
        return MODULE_PATH.find(name).orElseThrow().descriptor();
    }

    @Test
    void theCoreAndTheTransportExportNothing() {
        assertThat(descriptor("dev.rotor.driver.core").exports()).isEmpty();
        assertThat(descriptor("dev.rotor.driver.core").opens()).isEmpty();
        assertThat(descriptor("dev.rotor.transport.nio").exports()).isEmpty();
        assertThat(descriptor("dev.rotor.transport.nio").opens()).isEmpty();
    }

    @Test
    void theApiExportsAllItsPackagesButTheInternalOnesAndWhatTransportsShareToThemAlone() {
        ModuleDescriptor api = descriptor("dev.rotor.driver");
        String shared = "dev.rotor.driver.transport.support";
        Set<String> exported = api.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toUnmodifiableSet());

        assertThat(api.exports())
                .filteredOn(ModuleDescriptor.Exports::isQualified)
                .singleElement()
                .satisfies(export -> {
                    assertThat(export.source()).isEqualTo(shared);
                    assertThat(export.targets()).allMatch(target -> target.startsWith("dev.rotor.transport."));
                });
        assertThat(api.packages()).allSatisfy(name -> assertThat(exported.contains(name))
                .as(name)
                .isEqualTo(!name.contains(".internal") && !name.equals(shared)));
    }

    @Test
    void eachModuleRequiresWhatTheDependencyTableAllows() {
        assertThat(required("dev.rotor.driver"))
                .containsExactlyInAnyOrder("java.base", "org.mongodb.bson", "org.jspecify");
        assertThat(required("dev.rotor.driver.core"))
                .containsExactlyInAnyOrder(
                        "java.base",
                        "java.naming",
                        "java.net.http",
                        "java.security.jgss",
                        "java.security.sasl",
                        "dev.rotor.driver",
                        "org.mongodb.bson",
                        "org.slf4j",
                        "org.jspecify",
                        "com.ongres.scram.common",
                        "com.github.luben.zstd_jni",
                        "snappy.java");
        assertThat(required("dev.rotor.transport.nio"))
                .containsExactlyInAnyOrder("java.base", "jdk.net", "dev.rotor.driver", "org.jspecify");
    }

    @Test
    void theLibrariesOfCompressorsAreReadWhereAnApplicationBringsThemAndNotMissedOtherwise() {
        ModuleFinder all = ModuleFinder.compose(
                MODULE_PATH,
                ModuleFinder.of(
                        Production.path(Production.locationOf(Zstd.class)),
                        Production.path(Production.locationOf(Snappy.class))));

        // An automatic module is always there where another one is, and bson is one.
        assertThat(readsOfCore(all, Set.of("dev.rotor.driver"))).doesNotContain("com.github.luben.zstd_jni");
        assertThat(readsOfCore(all, Set.of("dev.rotor.driver", "com.github.luben.zstd_jni")))
                .contains("com.github.luben.zstd_jni", "snappy.java");
    }

    private static Set<String> readsOfCore(ModuleFinder finder, Set<String> roots) {
        return ModuleLayer.boot()
                .configuration()
                .resolveAndBind(finder, ModuleFinder.of(), roots)
                .findModule("dev.rotor.driver.core")
                .orElseThrow()
                .reads()
                .stream()
                .map(ResolvedModule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> required(String module) {
        return descriptor(module).requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void aClientIsMadeOfTheApiModuleAloneWithTheRestFoundAsServices() throws Exception {
        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(MODULE_PATH, ModuleFinder.of(), Set.of("dev.rotor.driver"));
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                        resolved, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
                .layer();

        assertThat(layer.modules())
                .extracting(Module::getName)
                .contains("dev.rotor.driver", "dev.rotor.driver.core", "dev.rotor.transport.nio");

        ClassLoader loader = layer.findLoader("dev.rotor.driver");
        Class<?> api = loader.loadClass(MongoClient.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try (AutoCloseable client =
                (AutoCloseable) api.getMethod("create", String.class).invoke(null, "mongodb://localhost:1")) {
            assertThat(client.getClass().getModule().getName()).isEqualTo("dev.rotor.driver.core");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
