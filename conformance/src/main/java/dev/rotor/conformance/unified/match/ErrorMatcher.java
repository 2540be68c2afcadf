package dev.rotor.conformance.unified.match;

import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.MongoWriteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/** Compares what an operation failed with with an {@code expectedError} object. */
public final class ErrorMatcher {

    private final Matcher matcher;
    private final Map<String, Check> checks = Map.ofEntries(
            Map.entry("isError", (expected, failure) -> {}),
            Map.entry("isClientError", ErrorMatcher::isClientError),
            Map.entry("isTimeoutError", ErrorMatcher::isTimeoutError),
            Map.entry("errorContains", ErrorMatcher::contains),
            Map.entry("errorCode", ErrorMatcher::code),
            Map.entry("errorCodeName", ErrorMatcher::codeName),
            Map.entry("errorLabelsContain", (expected, failure) -> labels(expected, failure, true)),
            Map.entry("errorLabelsOmit", (expected, failure) -> labels(expected, failure, false)),
            Map.entry("writeErrors", this::writeErrors),
            Map.entry("writeConcernErrors", this::writeConcernErrors),
            Map.entry("errorResponse", this::response),
            Map.entry("expectResult", this::result));

    private interface Check {
        void check(BsonValue expected, Throwable failure);
    }

    /** @param matcher compares the documents in an error */
    public ErrorMatcher(Matcher matcher) {
        this.matcher = matcher;
    }

    /**
     * Fails unless the failure is the one expected. A failure that is no error of a driver at all — a null pointer,
     * say, in the driver or in the runner — is never expected.
     */
    public void assertMatches(BsonDocument expected, Throwable failure) {
        if (!isDriverError(failure)) {
            throw new AssertionError("no error of a driver: " + failure, failure);
        }
        expected.forEach((name, value) -> {
            Check check = checks.get(name);
            if (check == null) {
                throw new RunnerException("the runner does not know the field " + name + " of expectError");
            }
            check.check(value, failure);
        });
    }

    private static boolean isDriverError(Throwable failure) {
        return failure instanceof MongoException
                || failure.getClass() == IllegalArgumentException.class
                || failure.getClass() == IllegalStateException.class
                || failure instanceof BsonMaximumSizeExceededException
                || failure instanceof BsonSerializationException
                || failure instanceof CodecConfigurationException;
    }

    private static boolean comesFromServer(Throwable failure) {
        return failure instanceof MongoCommandException
                || failure instanceof MongoWriteException
                || failure instanceof MongoBulkWriteException
                || failure instanceof MongoWriteConcernException
                // One without a top-level error consists of what servers reported.
                || failure instanceof ClientBulkWriteException;
    }

    private static void isClientError(BsonValue expected, Throwable failure) {
        if (expected.asBoolean().getValue() == comesFromServer(topLevel(failure))) {
            throw wrong("isClientError " + Matcher.text(expected), failure);
        }
    }

    private static void isTimeoutError(BsonValue expected, Throwable failure) {
        boolean timeout = topLevel(failure) instanceof MongoTimeoutException timedOut
                && timedOut.waiting() == MongoTimeoutException.Waiting.OPERATION;
        if (expected.asBoolean().getValue() != timeout) {
            throw wrong("isTimeoutError " + Matcher.text(expected), failure);
        }
    }

    private static void contains(BsonValue expected, Throwable failure) {
        String wanted = expected.asString().getValue().toLowerCase(Locale.ROOT);
        for (String message : messages(failure)) {
            if (message.toLowerCase(Locale.ROOT).contains(wanted)) {
                return;
            }
        }
        throw wrong("a message with '" + expected.asString().getValue() + "'", failure);
    }

    private static List<String> messages(Throwable failure) {
        List<String> messages = new ArrayList<>();
        messages.add(String.valueOf(topLevel(failure).getMessage()));
        if (failure instanceof MongoBulkWriteException bulk) {
            bulk.writeErrors().forEach(error -> messages.add(error.message()));
            if (bulk.writeConcernError() != null) {
                messages.add(bulk.writeConcernError().message());
            }
        }
        return messages;
    }

    private static void code(BsonValue expected, Throwable failure) {
        Throwable origin = topLevel(failure);
        if (!(origin instanceof MongoException mongo)
                || !(comesFromServer(origin)
                        || (origin instanceof MongoSecurityException
                                && origin.getCause() instanceof MongoCommandException))
                || mongo.code() != expected.asNumber().intValue()) {
            throw wrong("the code " + Matcher.text(expected), failure);
        }
    }

    private static void codeName(BsonValue expected, Throwable failure) {
        String wanted = expected.asString().getValue();
        for (String name : codeNames(topLevel(failure))) {
            if (name.equalsIgnoreCase(wanted)) {
                return;
            }
        }
        throw wrong("the code name " + wanted + " rather than " + codeNames(topLevel(failure)), failure);
    }

    private static List<String> codeNames(Throwable failure) {
        List<String> names = new ArrayList<>();
        if (failure instanceof MongoCommandException command) {
            names.add(command.codeName());
        } else if (failure instanceof MongoWriteConcernException concern) {
            names.add(concern.writeConcernError().codeName());
        } else if (failure instanceof MongoWriteException write) {
            names.add(CodeNames.of(write.writeError().code()));
        } else if (failure instanceof MongoBulkWriteException bulk) {
            bulk.writeErrors().forEach(error -> names.add(CodeNames.of(error.code())));
            if (bulk.writeConcernError() != null) {
                names.add(bulk.writeConcernError().codeName());
            }
        }
        return names;
    }

    private static void labels(BsonValue expected, Throwable failure, boolean wanted) {
        for (BsonValue label : expected.asArray()) {
            String name = label.asString().getValue();
            if ((failure instanceof MongoException mongo && mongo.hasErrorLabel(name)) != wanted) {
                throw wrong((wanted ? "" : "not ") + "the label " + name, failure);
            }
        }
    }

    private void writeErrors(BsonValue expected, Throwable failure) {
        if (!(failure instanceof ClientBulkWriteException bulk)) {
            throw wrong("write errors", failure);
        }
        BsonDocument errors = new BsonDocument();
        bulk.writeErrors()
                .forEach((index, error) -> errors.append(
                        String.valueOf(index),
                        new BsonDocument("code", new BsonInt32(error.code()))
                                .append("message", new BsonString(error.message()))
                                .append("details", error.details())));
        BsonDocument wanted = expected.asDocument();
        if (!errors.keySet().equals(wanted.keySet())) {
            throw wrong("write errors " + wanted.keySet() + " rather than " + errors.keySet(), failure);
        }
        wanted.forEach((index, error) -> matcher.assertMatches(error, errors.get(index), true, "writeErrors." + index));
    }

    private void writeConcernErrors(BsonValue expected, Throwable failure) {
        if (!(failure instanceof ClientBulkWriteException bulk)) {
            throw wrong("write concern errors", failure);
        }
        BsonArray errors = new BsonArray();
        bulk.writeConcernErrors()
                .forEach(error -> errors.add(new BsonDocument("code", new BsonInt32(error.code()))
                        .append("message", new BsonString(error.message()))
                        .append("details", error.details())));
        matcher.assertRootDocumentsMatch(expected, errors, "writeConcernErrors");
    }

    private void response(BsonValue expected, Throwable failure) {
        matcher.assertMatches(expected, responseOf(failure), true, "errorResponse");
    }

    private static @Nullable BsonDocument responseOf(Throwable failure) {
        if (failure instanceof MongoCommandException command) {
            return command.response();
        }
        if (failure instanceof MongoWriteConcernException concern) {
            return concern.response();
        }
        if (failure instanceof MongoWriteException write) {
            BsonDocument response = new BsonDocument(
                            "code", new BsonInt32(write.writeError().code()))
                    .append("errmsg", new BsonString(write.writeError().message()));
            if (!write.writeError().details().isEmpty()) {
                response.append("errInfo", write.writeError().details());
            }
            return response;
        }
        return null;
    }

    private void result(BsonValue expected, Throwable failure) {
        matcher.assertMatches(expected, resultOf(failure), true, "the error's result");
    }

    private static @Nullable BsonDocument resultOf(Throwable failure) {
        if (failure instanceof MongoBulkWriteException bulk) {
            return ResultDocuments.of(bulk.result());
        }
        if (failure instanceof ClientBulkWriteException bulk && bulk.partialResult() != null) {
            return ResultDocuments.of(bulk.partialResult());
        }
        // A command of a bulk write that failed as a whole: what was done before goes with it.
        for (Throwable with : failure.getSuppressed()) {
            if (with instanceof MongoBulkWriteException bulk) {
                return ResultDocuments.of(bulk.result());
            }
        }
        return null;
    }

    /** Code, message and origin of a failed bulk write of a client are those of what ended it, if something did. */
    private static Throwable topLevel(Throwable failure) {
        return failure instanceof ClientBulkWriteException bulk && bulk.error() != null ? bulk.error() : failure;
    }

    private static AssertionError wrong(String expected, Throwable failure) {
        String labels = failure instanceof MongoException mongo ? " with labels " + mongo.labels() : "";
        return new AssertionError(
                "expected an error with " + expected + " but there is "
                        + failure.getClass().getSimpleName() + ": " + failure.getMessage() + labels,
                failure);
    }
}
