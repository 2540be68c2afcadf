package dev.rotor.testserver.auth;

import com.ongres.scram.common.ScramMechanism;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user, who has at least one credential. */
record User(
        UUID id,
        String name,
        String database,
        List<ScramCredential> credentials,
        List<Document> roles,
        Document customData) {

    String fullName() {
        return name + "@" + database;
    }

    List<String> mechanisms() {
        return credentials.stream().map(each -> each.mechanism().getName()).toList();
    }

    @Nullable
    ScramCredential credential(ScramMechanism mechanism) {
        for (ScramCredential each : credentials) {
            if (each.mechanism() == mechanism) {
                return each;
            }
        }
        return null;
    }

    Document describe() {
        Document described = new Document("_id", database + "." + name)
                .append("userId", id)
                .append("user", name)
                .append("db", database);
        if (!customData.isEmpty()) {
            described.put("customData", customData.cloneDeeply());
        }
        return described.append("roles", roles).append("mechanisms", mechanisms());
    }
}
