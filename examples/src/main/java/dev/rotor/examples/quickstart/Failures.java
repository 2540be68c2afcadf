package dev.rotor.examples.quickstart;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import org.jspecify.annotations.Nullable;

/** How a failure is told to the user: what, where, and why, once each. */
final class Failures {
    private static final int MAX_CAUSES = 5;

    private Failures() {}

    /**
     * Tells a failure.
     *
     * @param failure what was thrown
     * @return one line or more
     */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        if (failure instanceof MongoException mongo) {
            ServerAddress server = mongo.server();
            if (server != null && text.indexOf(server.toString()) < 0) {
                text.append(" (server ").append(server).append(')');
            }
        }
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (text.indexOf(message(cause)) < 0) {
                text.append("\ncause: ").append(message(cause));
            }
            cause = cause.getCause();
        }
        return text.toString().replace("\n", "\n  ");
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
