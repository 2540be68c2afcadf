package dev.rotor.conformance;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Makes the text of a report from what a case threw. */
final class Reasons {

    private static final int LONGEST = 4_000;

    private Reasons() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        boolean plain = cause instanceof AssertionError || cause instanceof CaseSkippedException;
        StringBuilder text = new StringBuilder();
        if (message == null || message.isBlank()) {
            text.append(cause.getClass().getName());
        } else {
            text.append(plain ? "" : cause.getClass().getSimpleName() + ": ").append(message.strip());
        }
        if (!plain && cause.getStackTrace().length > 0) {
            text.append(" (at ").append(cause.getStackTrace()[0]).append(')');
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + "…";
    }
}
