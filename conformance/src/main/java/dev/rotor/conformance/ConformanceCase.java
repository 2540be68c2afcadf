package dev.rotor.conformance;

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
public record ConformanceCase(String spec, String file, String description, String profile, Body body) {

    /** What runs a case. */
    @FunctionalInterface
    public interface Body {
        /** Returns when the case passes. */
        void run() throws Exception;
    }

    /** A case that needs no server; its specification is the first folder of the file's path. */
    public static ConformanceCase pure(String file, String description, Body body) {
        return on(CaseResult.NO_SERVER, file, description, body);
    }

    /** A case on a profile; its specification is the first folder of the file's path. */
    public static ConformanceCase on(String profile, String file, String description, Body body) {
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
        try {
            body.run();
            return result(Status.PASSED, null);
        } catch (CaseSkippedException skipped) {
            return result(Status.SKIPPED, Reasons.of(skipped));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        } catch (Exception | AssertionError | StackOverflowError | LinkageError failure) {
            return failed(Reasons.of(failure));
        }
    }

    CaseResult failed(String reason) {
        return result(Status.FAILED, reason);
    }

    private CaseResult result(Status status, @Nullable String reason) {
        return new CaseResult(spec, file, description, profile, status, reason);
    }
}
