package dev.rotor.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** How failed writes are told: what is most likely wrong, then the server's words, then where and which code. */
final class WriteErrorText {
    private static final int DOCUMENT_VALIDATION_FAILURE = 121;
    private static final int WRITE_CONCERN_TIMEOUT = 64;
    private static final int UNSATISFIABLE_WRITE_CONCERN = 100;
    private static final int UNKNOWN_REPL_WRITE_CONCERN = 79;
    /** More would bury the first one. */
    private static final int SHOWN = 3;

    private WriteErrorText() {}

    static boolean isDuplicateKey(int code) {
        return code == 11000 || code == 11001 || code == 12582;
    }

    static String of(WriteError error, @Nullable ServerAddress server) {
        return cause(error.code()) + ": " + words(error.message()) + where(error.code(), "", server)
                + details(error.details());
    }

    static String of(WriteConcernError error, @Nullable ServerAddress server) {
        return concern(error.code()) + ": " + words(error.message()) + where(error.code(), error.codeName(), server)
                + "\nThe write itself was done on the primary, and may be rolled back." + details(error.details());
    }

    static String of(
            List<BulkWriteError> errors, @Nullable WriteConcernError concernError, @Nullable ServerAddress server) {
        StringBuilder text = new StringBuilder();
        if (!errors.isEmpty()) {
            BulkWriteError first = errors.get(0);
            text.append(cause(first.code()))
                    .append(" at index ")
                    .append(first.index())
                    .append(": ")
                    .append(words(first.message()))
                    .append(where(first.code(), "", server))
                    .append(details(first.details()));
            int shown = Math.min(errors.size(), SHOWN);
            for (int i = 1; i < shown; i++) {
                BulkWriteError error = errors.get(i);
                text.append('\n')
                        .append(cause(error.code()))
                        .append(" at index ")
                        .append(error.index())
                        .append(": ")
                        .append(words(error.message()))
                        .append(" (code ")
                        .append(error.code())
                        .append(')');
            }
            if (errors.size() > shown) {
                text.append("\nand ").append(errors.size() - shown).append(" more failed writes: see writeErrors()");
            }
        }
        if (concernError != null) {
            text.append(text.isEmpty() ? "" : "\n").append(of(concernError, server));
        }
        return text.toString();
    }

    static String of(
            @Nullable Throwable error,
            List<WriteConcernError> concernErrors,
            SortedMap<Integer, WriteError> writeErrors,
            @Nullable ServerAddress server) {
        List<BulkWriteError> errors = new ArrayList<>();
        for (Map.Entry<Integer, WriteError> one : writeErrors.entrySet()) {
            WriteError refused = one.getValue();
            errors.add(new BulkWriteError(one.getKey(), refused.code(), refused.message(), refused.details()));
        }
        String refused = of(errors, concernErrors.isEmpty() ? null : concernErrors.get(0), server);
        return error == null ? refused : error.getMessage() + (refused.isEmpty() ? "" : "\n" + refused);
    }

    private static String cause(int code) {
        if (isDuplicateKey(code)) {
            return "duplicate key";
        }
        return code == DOCUMENT_VALIDATION_FAILURE
                ? "the document breaks the validation rules of the collection"
                : "the server refused the write";
    }

    private static String concern(int code) {
        return switch (code) {
            case WRITE_CONCERN_TIMEOUT -> "the write concern was not met in time";
            case UNSATISFIABLE_WRITE_CONCERN -> "the write concern cannot be met: too few members hold data";
            case UNKNOWN_REPL_WRITE_CONCERN -> "the replica set knows no such write concern";
            default -> "the write concern was not met";
        };
    }

    private static String words(String message) {
        return message.isEmpty() ? "the server gave no reason" : message;
    }

    private static String where(int code, String codeName, @Nullable ServerAddress server) {
        return " (code " + code + (codeName.isEmpty() ? "" : " " + codeName) + (server == null ? "" : ", " + server)
                + ")";
    }

    private static String details(BsonDocument details) {
        return details.isEmpty() ? "" : "\ndetails: " + details.toJson();
    }
}
