package dev.rotor.transport.tck;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What the kit may see: the SPI that it tests, the JDK, and what tests are written with. No transport. */
class ArchitectureTest {

    private static final ArchRule SEES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAPackage("dev.rotor.transport.tck")
                    .or(resideInAPackage("dev.rotor.driver.transport"))
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("javax.net.ssl"))
                    .or(resideInAPackage("org.junit.jupiter.."))
                    .or(resideInAPackage("org.assertj.."))
                    .or(resideInAPackage("org.jspecify..")));

    private static final ArchRule NO_SLEEPING = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/test/"))
            .importPackages("dev.rotor.transport.tck");

    @Test
    void theKitSeesOnlyTheSpiAndWhatTestsAreWrittenWith() {
        assertThat(production.contain(TransportContract.class)).isTrue();
        assertThat(production.contain(ArchitectureTest.class)).isFalse();

        SEES.check(production);
        NO_SLEEPING.check(production);
    }

    @Test
    void theRulesFindWhatBreaksThem() {
        JavaClasses offences = new ClassFileImporter().importClasses(Offence.class);

        assertThat(SEES.evaluate(offences).hasViolation()).isTrue();
        assertThat(NO_SLEEPING.evaluate(offences).hasViolation()).isTrue();
    }

    /** Breaks rules. */
    static final class Offence {
        Object offend() throws InterruptedException {
            Thread.sleep(1);
            return dev.rotor.driver.TransportInfo.class;
        }
    }
}
