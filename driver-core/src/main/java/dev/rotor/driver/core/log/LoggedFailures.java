package dev.rotor.driver.core.log;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.event.EventJson;

/** Failures as text. */
final class LoggedFailures {

    /** Stands for the reply of a server that must not be shown, and ends the text. */
    private static final String REDACTED = "REDACTED";

    private LoggedFailures() {}

    /**
     * A failure as text. Of a refusal, whose message quotes the server, everything that the server said is shown as its
     * reply, so that the limit for documents holds for all of it; a reply that is empty has been redacted.
     */
    static String of(Throwable failure, int maxDocumentLength) {
        if (!(failure instanceof MongoCommandException refused)) {
            String message = failure.getMessage();
            String name = failure.getClass().getSimpleName();
            return message == null ? name : name + ": " + message;
        }
        StringBuilder text =
                new StringBuilder(200).append("MongoCommandException on ").append(refused.server());
        text.append(", code ").append(refused.code());
        if (!refused.codeName().isEmpty()) {
            text.append(", codeName ").append(refused.codeName());
        }
        if (!refused.labels().isEmpty()) {
            text.append(", errorLabels ").append(refused.labels());
        }
        text.append(": ");
        return text.append(
                        refused.response().isEmpty() ? REDACTED : EventJson.of(refused.response(), maxDocumentLength))
                .toString();
    }
}
