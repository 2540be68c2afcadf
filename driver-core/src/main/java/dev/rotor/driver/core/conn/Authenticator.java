package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.CommandWriter;
import org.bson.BsonDocument;

/** Authenticates connections. One per client; safe to use from any thread. */
@FunctionalInterface
public interface Authenticator {

    /** For clients without a credential. */
    Authenticator NONE = () -> NoConversation.INSTANCE;

    /** Starts what one connection has to say. */
    Conversation converse();

    /**
     * The client is being closed: nobody is asked for credentials any more, and what was asked is given up. Connections
     * that are authenticated, or can be with what is known, are not concerned. Does not block.
     */
    default void close() {
        // Most keep nothing that outlives them.
    }

    /** The authentication of one connection. */
    interface Conversation {

        /**
         * Adds {@code saslSupportedMechs} and {@code speculativeAuthenticate} to the handshake's hello.
         *
         * @param hello the command, unfinished
         * @param server who will read it
         */
        void appendToHello(CommandWriter hello, ServerAddress server);

        /**
         * Authenticates, with {@link Connection#beginCommand} and {@link Connection#send}, or without another word when
         * the hello reply has settled it.
         *
         * @param connection the connection, which has shaken hands
         * @param helloReply the handshake's reply
         * @param deadline when the connection must be established
         * @param callback hears the outcome exactly once; a connection that broke counts as failed
         */
        void authenticate(Connection connection, BsonDocument helloReply, long deadline, Callback callback);

        /** Whether {@link #reauthenticate} may be called once the connection is established. */
        default boolean canReauthenticate() {
            return false;
        }

        /**
         * Authenticates an established connection anew, since the server has said that the credential expired
         * ("Reauthentication" in the Authentication specification). Called on the connection's loop, or where the
         * server's reply was heard of; nothing else is in flight.
         *
         * @param connection the one that this conversation has authenticated
         * @param deadline when the operation that needs it must be over
         * @param callback hears the outcome exactly once
         */
        default void reauthenticate(Connection connection, long deadline, Callback callback) {
            throw new IllegalStateException("there is no other credential");
        }
    }

    /** Hears how it ended. */
    interface Callback {
        /** The connection may be used. */
        void onAuthenticated();

        /** It may not. */
        void onAuthenticationFailed(MongoException cause);

        /**
         * Something else than the server is waited for: an identity provider, or a human.
         *
         * @param nanos how long that may take
         * @return the deadline from now on, the same or a later one
         */
        long onWait(long nanos);
    }
}
