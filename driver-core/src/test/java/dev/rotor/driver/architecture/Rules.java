package dev.rotor.driver.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The rules. Each is applied to the published modules, and to a fixture that breaks it. */
final class Rules {

    private static final DescribedPredicate<JavaClass> ROTOR_API =
            resideInAPackage("dev.rotor.driver..").and(not(resideInAPackage("dev.rotor.driver.core..")));

    /** The driver API: values and interfaces over the JDK and bson. */
    static final ArchRule API_SEES = classes()
            .should()
            .onlyDependOnClassesThat(ROTOR_API.or(resideInAnyPackage(
                    "java..", "javax.net..", "javax.security.auth", "org.bson..", "org.jspecify..")));

    /**
     * The implementation: the API, a logging facade, the functions of SCRAM, and libraries that may be missing. Neither
     * Netty nor any transport.
     */
    static final ArchRule CORE_SEES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.rotor.driver..",
                    "java..",
                    "javax.crypto..",
                    "javax.net..",
                    "javax.naming..",
                    "javax.security.auth..",
                    "javax.security.sasl..",
                    "org.bson..",
                    "org.ietf.jgss..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "com.ongres.scram.common..",
                    "com.github.luben.zstd..",
                    "org.xerial.snappy.."));

    /** What may be missing is named by the classes whose use is prepared for that. */
    static final ArchRule OPTIONAL_LIBRARIES = noClasses()
            .that(not(named("dev.rotor.driver.core.compression.SnappyCompressor"))
                    .and(not(named("dev.rotor.driver.core.compression.ZstdCompressor"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.github.luben.zstd..", "org.xerial.snappy.."))
            .because("applications that do not compress do not have them");

    /** The NIO transport: the API, and nothing but the JDK beneath. */
    static final ArchRule NIO_SEES = classes()
            .should()
            .onlyDependOnClassesThat(ROTOR_API.or(resideInAnyPackage(
                    "dev.rotor.transport.nio..", "java..", "javax.net..", "jdk.net..", "org.jspecify..")));

    /** A virtual thread that waits for a monitor may hold on to its carrier: {@code ReentrantLock} it is. */
    static final ArchRule NO_SYNCHRONIZED =
            noClasses().should(new Monitors()).because("a virtual thread in a monitor may pin its carrier");

    static final ArchRule NO_THREAD_LOCALS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.lang")
                    .and(describe("ThreadLocal", type -> type.getSimpleName().endsWith("ThreadLocal"))))
            .because("with a virtual thread per request, what is kept per thread is kept for nothing");

    static final ArchRule NO_SLEEPING_OR_SPINNING = noClasses()
            .should()
            .accessTargetWhere(method(Thread.class, "sleep", "yield", "onSpinWait"))
            .because("waiting is a timer of an event loop");

    static final ArchRule CLOCK_IS_INJECTED = noClasses()
            .that(not(resideInAPackage("dev.rotor.driver.core.time"))
                    .and(not(named("dev.rotor.transport.nio.NioTransportProvider"))))
            .should()
            .accessTargetWhere(method(System.class, "nanoTime", "currentTimeMillis")
                    .or(describe(
                            "java.time's now and system clocks",
                            access -> access.getTargetOwner().getPackageName().equals("java.time")
                                    && (access.getName().equals("now")
                                            || access.getName().startsWith("system")))))
            .because("tests hold the clock");

    static final ArchRule RANDOMNESS_IS_INJECTED = noClasses()
            .that(not(named("dev.rotor.driver.core.topology.Randomness"))
                    // What nobody may guess; injected by its package.
                    .and(not(named("dev.rotor.driver.core.auth.Authenticators"))))
            .should()
            .accessTargetWhere(ownedBy(
                            "java.util.Random",
                            "java.util.SplittableRandom",
                            "java.util.concurrent.ThreadLocalRandom",
                            "java.security.SecureRandom")
                    .or(method(Math.class, "random")))
            .because("tests choose what is random");

    static final ArchRule NO_CONSOLE = noClasses()
            .should()
            .accessTargetWhere(method(System.class, "out", "err")
                    .or(describe(
                            "printStackTrace()",
                            access -> access.getName().equals("printStackTrace")
                                    && access.getTarget().getFullName().endsWith("()"))))
            .because("a library has no console");

    static final ArchRule NO_HIDDEN_THREADS = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "the common pool",
                    access -> isParallelStream(access) || isAsyncWithoutExecutor(access) || isJdkTimer(access)))
            .because("completions run where the user said, and timers on loops");

    static final ArchRule NULL_MARKED = classes().should(new InNullMarkedPackage());

    private Rules() {}

    /** No circle among the packages right below a root package. */
    static ArchRule noCyclesBelow(String rootPackage) {
        return slices().matching(rootPackage + ".(*)..").should().beFreeOfCycles();
    }

    private static boolean isParallelStream(JavaAccess<?> access) {
        String name = access.getName();
        return name.equals("parallelStream")
                || (name.equals("parallel")
                        && access.getTargetOwner().getPackageName().equals("java.util.stream"))
                || (name.startsWith("parallel") && access.getTargetOwner().isEquivalentTo(Arrays.class));
    }

    private static boolean isAsyncWithoutExecutor(JavaAccess<?> access) {
        return access.getName().endsWith("Async")
                && access.getTargetOwner().getPackageName().equals("java.util.concurrent")
                && !access.getTarget().getFullName().contains(Executor.class.getName());
    }

    private static boolean isJdkTimer(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo(CompletableFuture.class)
                && Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(access.getName());
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe(
                name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }

    private static DescribedPredicate<JavaAccess<?>> method(Class<?> owner, String... names) {
        return describe(
                owner.getSimpleName() + "." + String.join("/", names),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && Arrays.asList(names).contains(access.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> ownedBy(String... owners) {
        return describe(String.join(", ", owners), access -> Arrays.asList(owners)
                .contains(access.getTargetOwner().getName()));
    }
}
