package dev.rotor.conformance.unified.entity;

import java.util.Locale;
import java.util.Set;
import org.bson.BsonDocument;

/** Which commands the specification of command monitoring calls sensitive. */
final class SensitiveCommands {

    private static final Set<String> ALWAYS = Set.of(
            "authenticate",
            "saslstart",
            "saslcontinue",
            "getnonce",
            "createuser",
            "updateuser",
            "copydbgetnonce",
            "copydbsaslstart",
            "copydb");
    private static final Set<String> HELLO = Set.of("hello", "ismaster");

    private SensitiveCommands() {}

    static boolean isSensitive(String commandName) {
        return ALWAYS.contains(commandName.toLowerCase(Locale.ROOT));
    }

    /** A hello is sensitive when it authenticates, which shows in that the driver has emptied it. */
    static boolean isSensitive(String commandName, BsonDocument shown) {
        return isSensitive(commandName) || (shown.isEmpty() && HELLO.contains(commandName.toLowerCase(Locale.ROOT)));
    }
}
