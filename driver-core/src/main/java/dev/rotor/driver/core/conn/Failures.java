package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.tls.TlsTrouble;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.FrameException;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a connection, in words: server, cause, and what was under way. Pure functions. */
final class Failures {

    private Failures() {}

    /**
     * The wire ended by itself.
     *
     * @param server the server
     * @param cause what the transport said
     * @param during what was under way, for example {@code "while waiting for the reply to find"}
     */
    static MongoException closed(ServerAddress server, @Nullable Throwable cause, String during) {
        if (cause == null) {
            return new MongoConnectionException(
                    "The connection to " + server + " was closed by this client " + during, null, server, false);
        }
        if (cause instanceof FrameException) {
            return new MongoProtocolException(
                    server + " sent what is not a MongoDB message " + during + ": " + words(cause), cause, server);
        }
        if (cause instanceof ConnectFailedException failed) {
            return new MongoConnectionException(capitalized(words(cause)), cause, server, failed.isTimeout());
        }
        if (cause instanceof SSLException) {
            String words = TlsTrouble.words(words(cause));
            return new MongoConnectionException(
                    "TLS with " + server + " failed " + during + ": " + words + TlsTrouble.hint(words),
                    cause,
                    server,
                    false);
        }
        if (cause instanceof EOFException) {
            return new MongoConnectionException(
                    "The server at " + server + " closed the connection " + during, cause, server, false);
        }
        return new MongoConnectionException(
                "The connection to " + server + " broke " + during + ": " + words(cause), cause, server, false);
    }

    /** Whether a server that is merely overloaded could have caused this failure of connecting or of hello. */
    static boolean mayBeOverload(MongoException failure, Throwable cause) {
        if (!(failure instanceof MongoConnectionException) || failure instanceof MongoProtocolException) {
            return false;
        }
        // Of TLS failures, only those of the stream below it: a certificate does not get better by waiting.
        boolean tls = false;
        boolean stream = false;
        for (Throwable at = cause; at != null; at = at.getCause()) {
            tls |= at instanceof SSLException;
            stream |= at instanceof IOException
                    && !(at instanceof SSLException)
                    && !(at instanceof ConnectFailedException);
        }
        return !tls || stream;
    }

    /** The bytes of a reply are not what they should be. */
    static MongoProtocolException protocol(
            ServerAddress server, String what, @Nullable Throwable cause, String during) {
        return new MongoProtocolException(server + " sent " + what + " " + during, cause, server);
    }

    /** This client could not make a message of a command; nothing was sent. */
    static MongoException notCompressed(ServerAddress server, String command, String compressor, Throwable cause) {
        return new MongoException(
                "The command " + command + " for " + server + " could not be compressed by " + compressor + ": "
                        + words(cause),
                cause);
    }

    /** Time ran out. */
    static MongoConnectionException timedOut(ServerAddress server, long nanos, String during) {
        return new MongoConnectionException(
                "Timed out after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms with " + server + " " + during,
                null,
                server,
                true);
    }

    /** The name of the server, or of the proxy in front of it, could not be resolved. */
    static MongoConnectionException unresolved(ServerAddress server, @Nullable Socks5Proxy proxy, Exception cause) {
        String why = cause instanceof UnknownHostException ? unknown(cause.getMessage()) : words(cause);
        String whose = proxy == null ? server.toString() : "the proxy " + proxy.name();
        return new MongoConnectionException(
                "The host name of " + whose + " could not be resolved: " + why, cause, server, false);
    }

    /** The JDK's message is the name, in newer versions with what the system says behind it. */
    private static String unknown(@Nullable String message) {
        int colon = message == null ? -1 : message.indexOf(": ");
        String reason = message == null || colon < 0 ? message : message.substring(colon + 2);
        return reason == null || reason.isEmpty() || reason.indexOf(' ') < 0
                ? "unknown host"
                : "unknown host (" + reason + ")";
    }

    /** The server refused hello or a command of the authentication. */
    static MongoCommandException refused(ServerAddress server, String command, ReplyEnvelope reply) {
        String name = reply.codeName().isEmpty() ? "" : " (" + reply.codeName() + ")";
        MongoCommandException failure = new MongoCommandException(
                server + " refused " + command + " with error " + reply.code() + name + ": " + reply.errorMessage(),
                reply.code(),
                reply.codeName(),
                reply.errorMessage(),
                reply.document(),
                server);
        for (String label : reply.errorLabels()) {
            failure.addLabel(label);
        }
        return failure;
    }

    private static String words(Throwable cause) {
        if (cause instanceof Error) {
            // The message of one, such as the name of a class, says little without its kind.
            return cause.toString();
        }
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
