package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.ServerAddress;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonDocument;

/** Which commands are told of by name only, as the Command Logging and Monitoring specification lists them. */
final class Redaction {

    private static final Set<String> SENSITIVE = Set.of(
            "authenticate",
            "saslstart",
            "saslcontinue",
            "getnonce",
            "createuser",
            "updateuser",
            "copydbgetnonce",
            "copydbsaslstart",
            "copydb");

    private Redaction() {}

    static boolean isSensitive(String commandName) {
        // Names of the driver's own commands contain no capital that would matter; users' runCommand may.
        return SENSITIVE.contains(commandName.toLowerCase(Locale.ROOT));
    }

    /** Whether a command that is harmless in itself carries the beginning of an authentication, as a hello may. */
    static boolean startsToAuthenticate(BsonDocument command) {
        return command.containsKey("speculativeAuthenticate");
    }

    /** The same failure with nothing but its code and labels. */
    static MongoCommandException withoutReply(String commandName, MongoCommandException failure, ServerAddress server) {
        MongoCommandException shown = new MongoCommandException(
                "Command " + commandName + " failed on " + server + " (code " + failure.code() + ")",
                failure.code(),
                failure.codeName(),
                "",
                new BsonDocument(),
                server);
        failure.labels().forEach(shown::addLabel);
        return shown;
    }
}
