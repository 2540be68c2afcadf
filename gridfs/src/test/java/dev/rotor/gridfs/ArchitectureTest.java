package dev.rotor.gridfs;

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
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What GridFS may see: the public API, as any application does. */
class ArchitectureTest {

    private static final ArchRule SEES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAPackage("dev.rotor.gridfs..")
                    .or(resideInAPackage("dev.rotor.driver"))
                    .or(resideInAPackage("dev.rotor.driver.model"))
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("org.bson.."))
                    .or(resideInAPackage("org.jspecify.."))
                    .or(resideInAPackage("com.sun.net.httpserver")));

    private static final ArchRule CLOCK_IS_INJECTED = noClasses()
            .that(describe("anything but GridFsTime", type -> !type.getName().contains("GridFsTime")))
            .should()
            .accessTargetWhere(describe("the system's clocks", ArchitectureTest::readsAClock));

    private static final ArchRule NO_SYNCHRONIZED = noClasses()
            .should(new com.tngtech.archunit.lang.ArchCondition<>("have synchronized methods") {
                @Override
                public void check(
                        com.tngtech.archunit.core.domain.JavaClass type,
                        com.tngtech.archunit.lang.ConditionEvents events) {
                    type.getMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                            .forEach(method -> events.add(com.tngtech.archunit.lang.SimpleConditionEvent.satisfied(
                                    method, method.getFullName())));
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
            .importPackages("dev.rotor.gridfs");

    @Test
    void gridFsSeesOnlyTheApiTheJdkAndBson() {
        assertThat(production.contain(BucketView.class)).isTrue();
        assertThat(production.contain(ArchitectureTest.class)).isFalse();

        SEES.check(production);
        CLOCK_IS_INJECTED.check(production);
        NO_SYNCHRONIZED.check(production);
    }

    @Test
    void theRulesFindWhatBreaksThem() {
        JavaClasses all = new ClassFileImporter().importClasses(GridFsFixture.class, Offence.class);

        assertThat(SEES.evaluate(all).hasViolation()).isTrue();
        assertThat(CLOCK_IS_INJECTED.evaluate(all).hasViolation()).isTrue();
        assertThat(NO_SYNCHRONIZED.evaluate(all).hasViolation()).isTrue();
    }

    /** Breaks rules. */
    static final class Offence {
        synchronized long offend() {
            return System.nanoTime();
        }
    }
}
