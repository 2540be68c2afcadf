package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.wire.CommandWriter;
import org.bson.BsonDocument;

/** Authenticates connections. One per client; safe to use from any thread. */
@FunctionalInterface
public interface Authenticator {

    /** For clients without a credential. */
    Authenticator NONE = () -> NoConversation.INSTANCE;

    /** Starts what one connection has to say. */
    Conversation converse();

    /** The authentication of one connection. */
    interface Conversation {

        /** Adds {@code saslSupportedMechs} and {@code speculativeAuthenticate} to the handshake's hello. */
        void appendToHello(CommandWriter hello);

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
    }

    /** Hears how it ended. */
    interface Callback {
        /** The connection may be used. */
        void onAuthenticated();

        /** It may not. */
        void onAuthenticationFailed(MongoException cause);
    }
}
