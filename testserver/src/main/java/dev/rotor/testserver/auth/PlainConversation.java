package dev.rotor.testserver.auth;

import java.nio.charset.StandardCharsets;

/** The server's side of PLAIN (RFC 4616): one message of the client. */
public final class PlainConversation implements SaslConversation {

    private final ExternalUsers users;
    private String user = "";

    /** For those users. */
    public PlainConversation(ExternalUsers users) {
        this.users = users;
    }

    @Override
    public byte[] answer(byte[] message) {
        String[] parts = new String(message, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3
                || !(parts[0].isEmpty() || parts[0].equals(parts[1]))
                || !users.knows(parts[1], parts[2])) {
            throw ScramConversation.failed();
        }
        user = parts[1];
        return new byte[0];
    }

    @Override
    public boolean isDone() {
        return !user.isEmpty();
    }

    @Override
    public String fullName() {
        return user + "@$external";
    }
}
