package dev.rotor.transport.netty;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The Netty flavours see the transport SPI, Netty and the JDK. */
class ArchitectureTest {

    private static final ArchRule SEES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.rotor.transport.netty..",
                    "dev.rotor.driver.transport..",
                    "io.netty..",
                    "java..",
                    "javax.net..",
                    "org.jspecify.."));

    private static final ArchRule OTHER_FLAVOURS_ARE_OTHER_MODULES = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty.channel.epoll..", "io.netty.channel.uring.."));

    private static final ArchRule KQUEUE_ONLY_IN_ITS_PROVIDER = noClasses()
            .that()
            .doNotHaveSimpleName("KQueueProvider")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty.channel.kqueue.."));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.rotor.transport.netty")
            .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "production code",
                    type -> !type.getSource().orElseThrow().getUri().toString().contains("test")));

    @Test
    void theySeeTheSpiNettyAndTheJdk() {
        assertThat(CLASSES.contain(NettyWire.class)).isTrue();
        SEES.check(CLASSES);
    }

    @Test
    void nothingNativeIsLinkedByWhatAllFlavoursShare() {
        OTHER_FLAVOURS_ARE_OTHER_MODULES.check(CLASSES);
        KQUEUE_ONLY_IN_ITS_PROVIDER.check(CLASSES);
    }

    @Test
    void theRulesCanBeBroken() {
        JavaClasses tests = new ClassFileImporter().importClasses(ArchitectureTest.class);

        assertThat(SEES.evaluate(tests).hasViolation()).isTrue();
    }
}
