package dev.rotor.driver.core.op;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.WriteError;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What replies to writes say of failure although they are {@code ok}: write errors and write concern errors. */
final class WriteReplies {

    private static final BsonDocument NO_DETAILS = new BsonDocument();

    private WriteReplies() {}

    /** The {@code writeConcernError} of a reply that has one, labels included. */
    static MongoWriteConcernException writeConcernFailure(ReplyEnvelope reply, ServerAddress server) {
        BsonDocument response = reply.document();
        MongoWriteConcernException failure =
                new MongoWriteConcernException(writeConcernError(response), response, server);
        CommandFailures.addLabels(failure, reply);
        return failure;
    }

    static WriteConcernError writeConcernError(BsonDocument response) {
        BsonDocument error = response.getDocument("writeConcernError", NO_DETAILS);
        return new WriteConcernError(
                code(error), text(error, "codeName"), text(error, "errmsg"), error.getDocument("errInfo", NO_DETAILS));
    }

    /**
     * The {@code writeErrors} of a reply that has some; indexes are those of the command's statements.
     *
     * @param statements how many statements the command had
     * @throws MongoProtocolException if there is one of a statement that the command did not have
     */
    static List<BulkWriteError> writeErrors(ReplyEnvelope reply, int statements, ServerAddress server) {
        List<BulkWriteError> errors = new ArrayList<>();
        for (BsonValue value : reply.document().getArray("writeErrors")) {
            BsonDocument error = value.asDocument();
            int index = checkedIndex(error.getNumber("index"), statements, server);
            errors.add(new BulkWriteError(index, code(error), text(error, "errmsg"), details(error)));
        }
        return errors;
    }

    /**
     * The index of the statement that a part of a reply speaks of.
     *
     * @param statements how many statements the command had
     * @throws MongoProtocolException if it had none of that index, so that nobody knows what is meant
     */
    static int checkedIndex(BsonNumber index, int statements, ServerAddress server) {
        int checked = index.intValue();
        if (checked < 0 || checked >= statements) {
            throw new MongoProtocolException(
                    server + " answered a command of " + statements + " statements about one with the index " + checked,
                    null,
                    server);
        }
        return checked;
    }

    /** What a reply says of a write that was refused. */
    static WriteError writeError(BsonDocument result) {
        return new WriteError(code(result), text(result, "errmsg"), details(result));
    }

    /** Fails when the reply to a single write has a write error or a write concern error. */
    static void checkSingle(ReplyEnvelope reply, ServerAddress server) {
        if (reply.writeErrorsOffset() >= 0) {
            List<BsonValue> errors = reply.document().getArray("writeErrors");
            if (!errors.isEmpty()) {
                MongoWriteException failure =
                        new MongoWriteException(writeError(errors.get(0).asDocument()), server);
                CommandFailures.addLabels(failure, reply);
                throw failure;
            }
        }
        if (reply.writeConcernErrorOffset() >= 0) {
            throw writeConcernFailure(reply, server);
        }
    }

    /** The {@code _id} of the first upserted document, or {@code null}. */
    static @Nullable BsonValue upsertedId(ReplyEnvelope reply) {
        if (reply.upsertedOffset() < 0) {
            return null;
        }
        List<BsonValue> upserted = reply.document().getArray("upserted");
        return upserted.isEmpty() ? null : upserted.get(0).asDocument().get("_id");
    }

    private static BsonDocument details(BsonDocument error) {
        return error.getDocument("errInfo", NO_DETAILS);
    }

    private static int code(BsonDocument error) {
        BsonValue code = error.get("code");
        return code != null && code.isNumber() ? code.asNumber().intValue() : -1;
    }

    private static String text(BsonDocument error, String field) {
        BsonValue value = error.get(field);
        return value instanceof BsonString text ? text.getValue() : "";
    }
}
