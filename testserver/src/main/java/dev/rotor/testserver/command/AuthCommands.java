package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.auth.AwsConversation;
import dev.rotor.testserver.auth.ExternalUsers;
import dev.rotor.testserver.auth.OidcConversation;
import dev.rotor.testserver.auth.PlainConversation;
import dev.rotor.testserver.auth.SaslConversation;
import dev.rotor.testserver.auth.ScramConversation;
import dev.rotor.testserver.auth.Users;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** {@code saslStart}, {@code saslContinue}, {@code authenticate}, and what is refused of older ways. */
final class AuthCommands {

    private static final String CERTIFICATES = "MONGODB-X509";

    private AuthCommands() {}

    /** Begins an exchange. */
    static Document start(Invocation invocation, Document command, String database) {
        Object mechanism = command.get("mechanism");
        if (!(mechanism instanceof String name) || !isEnabled(invocation, name)) {
            throw new CommandError(
                    ErrorCode.MECHANISM_UNAVAILABLE,
                    "Received authentication for mechanism " + mechanism + " which is unknown or not enabled");
        }
        SaslConversation conversation = conversation(invocation.cluster().users(), name, database, command);
        int id = invocation.client().begin(conversation);
        return answer(invocation, conversation, id, command);
    }

    private static SaslConversation conversation(Users users, String mechanism, String database, Document command) {
        if (Users.MECHANISMS.contains(mechanism)) {
            boolean skipEmptyExchange = command.get("options") instanceof Document options
                    && Boolean.TRUE.equals(options.get("skipEmptyExchange"));
            return new ScramConversation(users, mechanism, database, skipEmptyExchange);
        }
        ExternalUsers external = users.external();
        if (!database.equals("$external")) {
            throw new CommandError(
                    ErrorCode.AUTHENTICATION_FAILED, mechanism + " is for users of the database $external");
        }
        return switch (mechanism) {
            case "PLAIN" -> new PlainConversation(external);
            case "MONGODB-AWS" -> new AwsConversation(external);
            case "MONGODB-OIDC" -> new OidcConversation(external);
            default -> added(external, mechanism);
        };
    }

    private static SaslConversation added(ExternalUsers external, String mechanism) {
        SaslConversation conversation = external.conversation(mechanism);
        if (conversation == null) {
            throw new CommandError(
                    ErrorCode.MECHANISM_UNAVAILABLE,
                    "Received authentication for mechanism " + mechanism + " which is unknown or not enabled");
        }
        return conversation;
    }

    private static boolean isEnabled(Invocation invocation, String mechanism) {
        return invocation.process().parameters().get("authenticationMechanisms") instanceof Collection<?> enabled
                && enabled.contains(mechanism);
    }

    /** {@code saslContinue}. */
    static Document proceed(Invocation invocation) {
        Document command = invocation.command();
        Object id = command.get("conversationId");
        SaslConversation conversation = invocation.client().conversation(id);
        if (conversation == null || !(id instanceof Number number)) {
            throw new CommandError(ErrorCode.PROTOCOL_ERROR, "No SASL session state found");
        }
        return answer(invocation, conversation, number.intValue(), command);
    }

    private static Document answer(Invocation invocation, SaslConversation conversation, int id, Document command) {
        byte[] answer;
        try {
            answer = conversation.answer(payload(command.get("payload")));
        } catch (CommandError e) {
            invocation.client().endConversation();
            throw e;
        }
        if (conversation.isDone()) {
            invocation.client().endConversation();
            invocation.client().user(conversation.fullName());
        }
        return new Document("conversationId", id)
                .append("done", conversation.isDone())
                .append("payload", new BinData(answer));
    }

    private static byte[] payload(@Nullable Object given) {
        if (given instanceof BinData data) {
            return data.getData();
        }
        if (given instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw Arguments.wrongType("saslStart.payload", "binData");
    }

    /** {@code authenticate}: certificates only. */
    static Document authenticate(Invocation invocation) {
        return authenticate(invocation, invocation.command(), invocation.database());
    }

    /** The same where hello carries it along. */
    static Document authenticate(Invocation invocation, Document command, String database) {
        Object mechanism = command.get("mechanism");
        if (!CERTIFICATES.equals(mechanism)) {
            throw new CommandError(ErrorCode.BAD_VALUE, "Unsupported mechanism '" + mechanism + "' in authentication");
        }
        if (!invocation.connection().isEncrypted()) {
            throw new CommandError(ErrorCode.PROTOCOL_ERROR, "SSL support is required for the MONGODB-X509 mechanism.");
        }
        if (!isEnabled(invocation, CERTIFICATES)) {
            throw new CommandError(ErrorCode.MECHANISM_UNAVAILABLE, "x.509 authentication is disabled.");
        }
        if (!database.equals("$external")) {
            throw new CommandError(
                    ErrorCode.AUTHENTICATION_FAILED, "X.509 authentication must always use the $external database.");
        }
        String subject = invocation.connection().clientSubject();
        if (subject == null) {
            throw new CommandError(ErrorCode.AUTHENTICATION_FAILED, "No verified subject name available from client");
        }
        Object user = command.get("user");
        if (user != null && !user.equals(subject)) {
            throw new CommandError(
                    ErrorCode.AUTHENTICATION_FAILED, "There is no x.509 client certificate matching the user.");
        }
        if (!invocation.cluster().users().external().knowsCertificate(subject)) {
            throw new CommandError(
                    ErrorCode.USER_NOT_FOUND, "Could not find user \"" + subject + "\" for db \"$external\"");
        }
        invocation.client().user(subject + "@$external");
        return new Document("dbname", "$external").append("user", subject);
    }

    /** {@code getnonce}: gone since MONGODB-CR is, and answered no more since 6.2. */
    static Document getNonce(Invocation invocation) {
        if (invocation.version().atLeast(6, 2)) {
            throw CommandError.commandNotFound(invocation.name());
        }
        return new Document("nonce", Long.toHexString(0x1000000000000000L | System.nanoTime()));
    }

    /** {@code logout}. */
    static Document logout(Invocation invocation) {
        invocation.client().user("");
        return new Document();
    }

    static Users.Iterations iterations(Invocation invocation) {
        Parameters parameters = invocation.process().parameters();
        return new Users.Iterations(
                parameters.number("scramIterationCount"), parameters.number("scramSHA256IterationCount"));
    }
}
