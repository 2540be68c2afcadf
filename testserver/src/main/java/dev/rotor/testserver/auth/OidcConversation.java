package dev.rotor.testserver.auth;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonException;
import dev.rotor.testserver.bson.BsonReader;
import dev.rotor.testserver.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/** The server's side of MONGODB-OIDC: a token at once, or after the server has told who gives them. */
public final class OidcConversation implements SaslConversation {

    private final ExternalUsers users;
    private boolean begun;
    private @Nullable String user;

    /** For those users. */
    public OidcConversation(ExternalUsers users) {
        this.users = users;
    }

    @Override
    public byte[] answer(byte[] message) {
        Document said;
        try {
            said = BsonReader.read(message);
        } catch (BsonException e) {
            throw ScramConversation.failed();
        }
        if (said.get("jwt") instanceof String token) {
            String known = users.userOf(token);
            if (known == null) {
                throw ScramConversation.failed();
            }
            user = known;
            return new byte[0];
        }
        if (begun) {
            throw ScramConversation.failed();
        }
        begun = true;
        ExternalUsers.IdentityProvider provider = users.provider(said.get("n"));
        if (provider == null) {
            throw ScramConversation.failed();
        }
        Document told = new Document("issuer", provider.issuer());
        if (provider.clientId() != null) {
            told.append("clientId", provider.clientId());
        }
        return BsonWriter.write(told.append("requestScopes", provider.requestScopes()));
    }

    @Override
    public boolean isDone() {
        return user != null;
    }

    @Override
    public String fullName() {
        return user + "@$external";
    }
}
