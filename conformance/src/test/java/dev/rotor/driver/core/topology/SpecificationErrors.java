package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Reads the {@code applicationErrors} of the discovery tests. */
final class SpecificationErrors {

    private SpecificationErrors() {}

    static ApplicationError parse(BsonDocument error, int currentGeneration) {
        ServerAddress address = ServerAddress.parse(error.getString("address").getValue());
        int generation =
                error.getInt32("generation", new BsonInt32(currentGeneration)).getValue();
        boolean handshakeCompleted = error.getString("when").getValue().equals("afterHandshakeCompletes");
        String type = error.getString("type").getValue();
        MongoException failure;
        if (type.equals("command")) {
            BsonDocument response = error.getDocument("response");
            failure = new MongoCommandException(
                    "refused",
                    response.getInt32("code", new BsonInt32(-1)).getValue(),
                    "",
                    response.getString("errmsg", new BsonString("")).getValue(),
                    response,
                    address);
        } else {
            failure = new MongoConnectionException("broken", null, address, type.equals("timeout"));
            if (!handshakeCompleted) {
                // The pool marks network errors before the end of the hello so; those are the ones meant here.
                failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
            }
        }
        return requireNonNull(ApplicationError.of(failure, handshakeCompleted, generation, null));
    }
}
