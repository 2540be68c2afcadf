package dev.rotor.examples.quickstart;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a failure is told to the user: what, where, and why, once each. */
final class Failures {
    private static final int MAX_CAUSES = 5;

    private Failures() {}

    /**
     * Tells a failure.
     *
     * @param failure what was thrown
     * @return one line or more, the first of which says the most
     */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        if (failure instanceof MongoException mongo) {
            ServerAddress server = mongo.server();
            if (server != null && !said(text, server.toString())) {
                text.append(" (server ").append(server).append(')');
            }
        }
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (!said(text, message(cause))) {
                text.append("\ncause: ").append(message(cause));
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static boolean said(CharSequence text, String message) {
        return text.toString().toLowerCase(Locale.ROOT).contains(message.toLowerCase(Locale.ROOT));
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
