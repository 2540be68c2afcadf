package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.auth.SaslConversation;
import org.jspecify.annotations.Nullable;

/** What a server remembers of a connection's client; only the connection's thread writes it. */
final class Client {

    private volatile @Nullable Document metadata;
    private volatile String user = "";
    private boolean helloSeen;
    private boolean helloOk;
    private int conversationId;
    private @Nullable SaslConversation conversation;

    /** {@code client.application.name} of the first hello, or null. */
    @Nullable
    String appName() {
        return appNameOf(metadata);
    }

    static @Nullable String appNameOf(@Nullable Document metadata) {
        return metadata != null
                        && metadata.get("application") instanceof Document application
                        && application.get("name") instanceof String name
                ? name
                : null;
    }

    @Nullable
    Document metadata() {
        return metadata;
    }

    void metadata(Document given) {
        metadata = given;
    }

    /** {@code user@db} of the authenticated user, or empty. */
    String user() {
        return user;
    }

    void user(String fullName) {
        user = fullName;
    }

    boolean isAuthenticated() {
        return !user.isEmpty();
    }

    boolean isHelloSeen() {
        return helloSeen;
    }

    void helloSeen() {
        helloSeen = true;
    }

    /** Whether the client has said {@code helloOk: true}: messages then say "not primary" instead of "not master". */
    boolean isHelloOk() {
        return helloOk;
    }

    void helloOk() {
        helloOk = true;
    }

    /** Begins a conversation and returns its id. */
    int begin(SaslConversation begun) {
        conversation = begun;
        return ++conversationId;
    }

    @Nullable
    SaslConversation conversation(@Nullable Object id) {
        return id instanceof Number number && number.intValue() == conversationId ? conversation : null;
    }

    void endConversation() {
        conversation = null;
    }
}
