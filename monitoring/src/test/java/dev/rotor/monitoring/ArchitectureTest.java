package dev.rotor.monitoring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rotor.driver.core.client.ClientFactory;
import org.junit.jupiter.api.Test;

/** What the listeners may see: the public API, as any application does, and each back end in its own package. */
class ArchitectureTest {

    private static final ArchRule SEES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAPackage("dev.rotor.monitoring..")
                    .or(resideInAPackage("dev.rotor.driver"))
                    .or(resideInAPackage("dev.rotor.driver.event"))
                    .or(resideInAPackage("dev.rotor.driver.topology"))
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("org.bson.."))
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("org.jspecify..")));

    private static final ArchRule ONLY_ITS_PACKAGE_SEES_SLF4J = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rotor.monitoring.slf4j..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.slf4j.."));

    private static final ArchRule NO_CLOCK =
            noClasses().should().accessTargetWhere(describe("the system's clocks", ArchitectureTest::readsAClock));

    private static final ArchRule NO_SYNCHRONIZED = noClasses()
            .should(new ArchCondition<>("have synchronized methods") {
                @Override
                public void check(com.tngtech.archunit.core.domain.JavaClass type, ConditionEvents events) {
                    type.getMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                            .forEach(
                                    method -> events.add(SimpleConditionEvent.satisfied(method, method.getFullName())));
                }
            });

    private static boolean readsAClock(JavaAccess<?> access) {
        return switch (access.getName()) {
            case "nanoTime", "currentTimeMillis" -> access.getTargetOwner().isEquivalentTo(System.class);
            case "now" -> access.getTargetOwner().getPackageName().equals("java.time");
            default -> false;
        };
    }

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/test/"))
            .importPackages("dev.rotor.monitoring");

    @Test
    void theListenersSeeOnlyTheApiBsonAndTheirBackEnd() {
        assertThat(production.contain(Monitoring.class)).isTrue();
        assertThat(production.contain(ArchitectureTest.class)).isFalse();

        SEES.check(production);
        ONLY_ITS_PACKAGE_SEES_SLF4J.check(production);
        NO_CLOCK.check(production);
        NO_SYNCHRONIZED.check(production);
    }

    @Test
    void theRulesFindWhatBreaksThem() {
        JavaClasses offence = new ClassFileImporter().importClasses(Offence.class);

        assertThat(SEES.evaluate(offence).hasViolation()).isTrue();
        assertThat(ONLY_ITS_PACKAGE_SEES_SLF4J.evaluate(offence).hasViolation()).isTrue();
        assertThat(NO_CLOCK.evaluate(offence).hasViolation()).isTrue();
        assertThat(NO_SYNCHRONIZED.evaluate(offence).hasViolation()).isTrue();
    }

    /** Breaks rules. */
    static final class Offence {
        synchronized long offend() {
            org.slf4j.LoggerFactory.getLogger(ClientFactory.class).info("offends");
            return System.nanoTime();
        }
    }
}
