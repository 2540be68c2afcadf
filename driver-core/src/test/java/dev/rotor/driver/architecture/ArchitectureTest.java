package dev.rotor.driver.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String FIXTURE = "dev.rotor.driver.architecture.fixture";
    private static final JavaClasses OFFENCES = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void theApiSeesOnlyTheJdkAndBson() {
        Rules.API_SEES.check(Production.API_CLASSES);
    }

    @Test
    void theCoreSeesOnlyTheApiAndSlf4j() {
        Rules.CORE_SEES.check(Production.CORE_CLASSES);
    }

    @Test
    void theNioTransportSeesOnlyTheApiAndTheJdk() {
        Rules.NIO_SEES.check(Production.NIO_CLASSES);
    }

    @Test
    void thePackagesOfTheCoreFormNoCircle() {
        Rules.noCyclesBelow("dev.rotor.driver.core").check(Production.CORE_CLASSES);
    }

    @TestFactory
    List<DynamicTest> noPublishedClassBreaksARuleOfTheHouse() {
        return List.of(
                        Rules.NO_SYNCHRONIZED,
                        Rules.NO_THREAD_LOCALS,
                        Rules.NO_SLEEPING_OR_SPINNING,
                        Rules.CLOCK_IS_INJECTED,
                        Rules.RANDOMNESS_IS_INJECTED,
                        Rules.NO_CONSOLE,
                        Rules.NO_HIDDEN_THREADS,
                        Rules.OPTIONAL_LIBRARIES,
                        Rules.NULL_MARKED)
                .stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(Production.ALL_CLASSES)))
                .toList();
    }

    @Test
    void theRulesAreAppliedToAllThatIsPublished() {
        assertThat(Production.API_CLASSES.contain("dev.rotor.driver.MongoClient"))
                .isTrue();
        assertThat(Production.API_CLASSES.contain("dev.rotor.driver.core.client.ClientFactory"))
                .isFalse();
        assertThat(Production.CORE_CLASSES.contain("dev.rotor.driver.core.client.ClientFactory"))
                .isTrue();
        assertThat(Production.NIO_CLASSES.contain("dev.rotor.transport.nio.NioTransportProvider"))
                .isTrue();
        assertThat(Production.ALL_CLASSES)
                .hasSize(Production.API_CLASSES.size() + Production.CORE_CLASSES.size() + Production.NIO_CLASSES.size())
                .noneMatch(type -> type.getName().startsWith(FIXTURE));
    }

    static List<Arguments> offences() {
        return List.of(
                arguments(Rules.API_SEES, "DependsOnAnotherLibrary"),
                arguments(Rules.CORE_SEES, "DependsOnATransport"),
                arguments(Rules.NIO_SEES, "DependsOnAnotherLibrary"),
                arguments(Rules.NO_SYNCHRONIZED, "SynchronizedMethod"),
                arguments(Rules.NO_SYNCHRONIZED, "SynchronizedBlock"),
                arguments(Rules.NO_THREAD_LOCALS, "KeepsAThreadLocal"),
                arguments(Rules.NO_SLEEPING_OR_SPINNING, "Sleeps"),
                arguments(Rules.NO_SLEEPING_OR_SPINNING, "Spins"),
                arguments(Rules.CLOCK_IS_INJECTED, "ReadsNanoTime"),
                arguments(Rules.CLOCK_IS_INJECTED, "ReadsMillis"),
                arguments(Rules.CLOCK_IS_INJECTED, "ReadsInstant"),
                arguments(Rules.CLOCK_IS_INJECTED, "ReadsSystemClock"),
                arguments(Rules.RANDOMNESS_IS_INJECTED, "RollsADie"),
                arguments(Rules.RANDOMNESS_IS_INJECTED, "MakesItsOwnRandom"),
                arguments(Rules.RANDOMNESS_IS_INJECTED, "MakesItsOwnSecureRandom"),
                arguments(Rules.RANDOMNESS_IS_INJECTED, "UsesMathRandom"),
                arguments(Rules.NO_CONSOLE, "PrintsOut"),
                arguments(Rules.NO_CONSOLE, "PrintsErr"),
                arguments(Rules.NO_CONSOLE, "PrintsStackTrace"),
                arguments(Rules.NO_HIDDEN_THREADS, "ParallelStream"),
                arguments(Rules.NO_HIDDEN_THREADS, "ParallelSort"),
                arguments(Rules.NO_HIDDEN_THREADS, "UsesTheCommonPool"),
                arguments(Rules.NO_HIDDEN_THREADS, "UsesTheTimerOfTheJdk"),
                arguments(Rules.OPTIONAL_LIBRARIES, "CompressesByItself"),
                arguments(Rules.NULL_MARKED, "SynchronizedMethod"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("offences")
    void everyRuleFindsTheCodeThatBreaksIt(ArchRule rule, String offence) {
        assertThat(rule.evaluate(OFFENCES).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("Offences$" + offence));
    }

    @Test
    void aCircleOfPackagesIsFound() {
        assertThat(Rules.noCyclesBelow(FIXTURE).evaluate(OFFENCES).hasViolation())
                .isTrue();
    }
}
