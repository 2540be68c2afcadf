package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.BsonDocument;
import org.bson.BsonSerializationException;

/** Replies that tell of failure, as exceptions. */
final class CommandFailures {

    private CommandFailures() {}

    /** A reply with {@code ok: 0}. */
    static MongoCommandException of(
            String commandName, ReplyEnvelope reply, ServerAddress server, boolean inTransaction) {
        String words = reply.errorMessage();
        String codeName = reply.codeName();
        StringBuilder message = new StringBuilder(128);
        if (refusesTransactionNumbers(reply)) {
            // The words that the Retryable Writes specification asks for; in a transaction they would help nobody.
            message.append(
                    inTransaction
                            ? "Transactions need a replica set or a sharded cluster. "
                            : "This MongoDB deployment does not support retryable writes. Please add retryWrites=false"
                                    + " to your connection string. ");
        }
        message.append("Command ").append(commandName).append(" failed on ").append(server);
        message.append(": ").append(words.isEmpty() ? "the server gave no reason" : words);
        if (reply.code() != -1) {
            message.append(" (code ").append(reply.code());
            if (!codeName.isEmpty()) {
                message.append(' ').append(codeName);
            }
            message.append(')');
        }
        BsonDocument response = reply.document();
        MongoCommandException failure =
                new MongoCommandException(message.toString(), reply.code(), codeName, words, response, server);
        addLabels(failure, reply);
        return failure;
    }

    private static boolean refusesTransactionNumbers(ReplyEnvelope reply) {
        return reply.code() == ErrorCodes.ILLEGAL_OPERATION
                && reply.errorMessage().startsWith("Transaction numbers");
    }

    /** Gives a failure the labels that a reply carries. */
    static void addLabels(MongoException failure, ReplyEnvelope reply) {
        for (String label : reply.errorLabels()) {
            failure.addLabel(label);
        }
    }

    /**
     * What reading a reply threw, as the user is told: a breach of the protocol where the bytes are no BSON, else the
     * codec's own exception.
     */
    static Throwable ofReading(Throwable thrown, String commandName, ServerAddress server, int attempt) {
        if (!(thrown instanceof BsonSerializationException)) {
            return thrown;
        }
        MongoException failure = new MongoProtocolException(
                server + " sent a reply to " + commandName + " that cannot be read: " + thrown.getMessage(),
                thrown,
                server);
        failure.attempts(attempt);
        return failure;
    }
}
