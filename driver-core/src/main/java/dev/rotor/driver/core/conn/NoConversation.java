package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.CommandWriter;
import org.bson.BsonDocument;

/** No credential, nothing to say. */
enum NoConversation implements Authenticator.Conversation {
    INSTANCE;

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        // Nothing to add.
    }

    @Override
    public void authenticate(
            Connection connection, BsonDocument helloReply, long deadline, Authenticator.Callback callback) {
        callback.onAuthenticated();
    }
}
