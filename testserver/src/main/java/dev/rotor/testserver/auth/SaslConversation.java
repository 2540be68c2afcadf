package dev.rotor.testserver.auth;

/** The server's side of one exchange of messages. */
public interface SaslConversation {

    /** Answers the client's next message. */
    byte[] answer(byte[] message);

    /** Whether the user is proven and nothing more is to be said. */
    boolean isDone();

    /** {@code user@database}, once it was said. */
    String fullName();
}
