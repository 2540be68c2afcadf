package dev.rotor.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One case of a specification's tests on one profile, ready to be run.
 *
 * @param spec the specification: the first folder of the file's path
 * @param file the path of the test file, from the folder of the specifications on, with forward slashes
 * @param description what the file calls the case
 * @param profile the deployment that it runs on, or {@link CaseResult#NO_SERVER}
 * @param body runs the case: returns when it passes, throws {@link CaseSkippedException} when it cannot run, and
 *     anything else when it fails
 */
public record ConformanceCase(String spec, String file, String description, String profile, Repeatable body) {

    /** What runs a case. */
    @FunctionalInterface
    public interface Body {
        /** Returns when the case passes. */
        void run() throws Exception;
    }

    /** Hears that a case is run again. */
    @FunctionalInterface
    public interface Repeats {
        /** It failed, but that may come of something that held threads up. */
        void repeated(Throwable failure, String heldUpBy);
    }

    /** What runs a case, and may do so more than once before it tells how it ended. */
    @FunctionalInterface
    public interface Repeatable {
        /** Returns when the case passes. */
        void run(Repeats repeats) throws Exception;
    }

    /** A case that needs no server; its specification is the first folder of the file's path. */
    public static ConformanceCase pure(String file, String description, Body body) {
        return on(CaseResult.NO_SERVER, file, description, body);
    }

    /** A case on a profile; its specification is the first folder of the file's path. */
    public static ConformanceCase on(String profile, String file, String description, Body body) {
        return repeatable(profile, file, description, repeats -> body.run());
    }

    /** A case on a profile that may be run again; its specification is the first folder of the file's path. */
    public static ConformanceCase repeatable(String profile, String file, String description, Repeatable body) {
        int slash = file.indexOf('/');
        return new ConformanceCase(slash < 0 ? file : file.substring(0, slash), file, description, profile, body);
    }

    /** The name by which a person finds the case. */
    public String name() {
        String name = file + ": " + description;
        return profile.equals(CaseResult.NO_SERVER) ? name : name + " [" + profile + "]";
    }

    /** Whether the text occurs in the case's name, whatever the case of its letters. */
    public boolean matches(@Nullable String only) {
        return only == null || name().toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
    }

    /** Runs the case. Whatever it throws becomes the result, fatal errors of the JVM excepted. */
    public CaseResult run() {
        List<String> repeats = new ArrayList<>();
        try {
            body.run((failure, heldUpBy) -> repeats.add(heldUpBy + "; it had failed: " + Reasons.of(failure)));
            return result(Status.PASSED, null, repeats);
        } catch (CaseSkippedException skipped) {
            return result(Status.SKIPPED, Reasons.of(skipped), repeats);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return result(Status.FAILED, "interrupted", repeats);
        } catch (Exception | AssertionError | StackOverflowError | LinkageError failure) {
            return result(Status.FAILED, Reasons.of(failure), repeats);
        }
    }

    CaseResult failed(String reason) {
        return result(Status.FAILED, reason, List.of());
    }

    private CaseResult result(Status status, @Nullable String reason, List<String> repeats) {
        return new CaseResult(spec, file, description, profile, status, reason, repeats);
    }
}
