package dev.rotor.testserver.net;

import dev.rotor.testserver.wire.Message;
import java.io.IOException;

/** Answers the messages of one connection, one after the other, on the connection's thread. */
public interface MessageHandler {

    /** Handles a message; whatever it throws ends the connection. */
    void onMessage(Message message) throws IOException;

    /** The connection has ended. */
    void onEnd();
}
