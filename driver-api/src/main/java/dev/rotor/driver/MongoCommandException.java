package dev.rotor.driver;

import java.io.Serial;
import java.util.Objects;
import org.bson.BsonDocument;

/** The server refused a command: its reply had {@code ok: 0}. */
public final class MongoCommandException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The server's name for the code. */
    private final String codeName;
    /** The server's words. */
    private final String errorMessage;
    /** The whole reply. */
    private final transient BsonDocument response;

    /**
     * Makes the exception.
     *
     * @param message the most likely cause first
     * @param code the server's error code, or -1
     * @param codeName the server's name for the code, empty if it sent none
     * @param errorMessage the server's words, empty if it sent none
     * @param response the server's whole reply
     * @param server the server
     */
    public MongoCommandException(
            String message,
            int code,
            String codeName,
            String errorMessage,
            BsonDocument response,
            ServerAddress server) {
        super(message, null, code, server);
        this.codeName = Objects.requireNonNull(codeName, "codeName");
        this.errorMessage = Objects.requireNonNull(errorMessage, "errorMessage");
        this.response = Objects.requireNonNull(response, "response");
    }

    /**
     * The server's name for {@link #code()}.
     *
     * @return for example {@code "NamespaceNotFound"}, or empty
     */
    public String codeName() {
        return codeName;
    }

    /**
     * What the server said.
     *
     * @return its {@code errmsg}, or empty
     */
    public String errorMessage() {
        return errorMessage;
    }

    /**
     * The server's whole reply.
     *
     * @return the reply, not a copy
     */
    public BsonDocument response() {
        return response;
    }
}
