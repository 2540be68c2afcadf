package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.ApiParameters;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ReadConcern;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the arguments that any command takes, and refuses what no server takes. Pure. */
final class Arguments {

    private static final Set<String> LEVELS = Set.of("local", "majority", "available", "linearizable", "snapshot");

    private static final int TOO_FEW_API_PARAMETERS = 4886600;
    private static final int API_VERSION_REQUIRED = 498870;
    private static final int UNKNOWN_FIELD = 40415;

    private Arguments() {}

    /** {@code lsid}, {@code txnNumber}, {@code autocommit} and {@code startTransaction}; null without lsid. */
    static @Nullable SessionRequest session(Document command, String user) {
        Object lsid = command.get("lsid");
        Long txnNumber = integer(command, "txnNumber");
        Boolean autocommit = bool(command, "autocommit");
        Boolean start = bool(command, "startTransaction");
        if (lsid == null) {
            if (txnNumber != null) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS, "Transaction number requires a session ID to also be specified");
            }
            if (autocommit != null) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS,
                        "'autocommit' field requires a transaction number to also be specified");
            }
            return null;
        }
        if (!(lsid instanceof Document document)) {
            throw wrongType("OperationSessionInfo.lsid", "object");
        }
        if (!(document.get("id") instanceof UUID id)) {
            throw wrongType("OperationSessionInfo.lsid.id", "binData (UUID)");
        }
        checkTransaction(txnNumber, autocommit, start);
        return new SessionRequest(new SessionKey(id, user), txnNumber, autocommit, start != null);
    }

    private static void checkTransaction(
            @Nullable Long txnNumber, @Nullable Boolean autocommit, @Nullable Boolean start) {
        if (txnNumber != null && txnNumber < 0) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "Transaction number cannot be negative");
        }
        if (autocommit != null && txnNumber == null) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "'autocommit' field requires a transaction number to also be specified");
        }
        if (Boolean.TRUE.equals(autocommit)) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "Specifying autocommit=true is not allowed.");
        }
        if (start != null) {
            if (autocommit == null) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS,
                        "'startTransaction' field requires 'autocommit' field to also be specified");
            }
            if (!start) {
                throw new CommandError(ErrorCode.INVALID_OPTIONS, "Specifying startTransaction=false is not allowed.");
            }
        }
    }

    /** {@code readConcern}. */
    static ReadConcern readConcern(Document command) {
        Object given = command.get("readConcern");
        if (given == null) {
            return ReadConcern.NONE;
        }
        if (!(given instanceof Document document)) {
            throw wrongType("readConcern", "object");
        }
        String level = null;
        BsonTimestamp after = null;
        BsonTimestamp at = null;
        for (String field : document.keySet()) {
            Object value = document.get(field);
            switch (field) {
                case "level" -> level = level(value);
                case "afterClusterTime" -> after = timestamp(field, value);
                case "atClusterTime" -> at = timestamp(field, value);
                case "provenance", "afterOpTime", "$_allowTransactionTableSnapshot" -> {}
                default ->
                    throw new CommandError(
                            UNKNOWN_FIELD, "BSON field 'readConcern." + field + "' is an unknown field.");
            }
        }
        if (after != null && at != null) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "Specifying a timestamp for readConcern snapshot in a causally consistent "
                            + "session is not allowed. See the documentation for more details.");
        }
        if (at != null && !"snapshot".equals(level)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "readConcern level 'snapshot' is required when specifying atClusterTime");
        }
        return new ReadConcern(level, after, at);
    }

    private static String level(@Nullable Object value) {
        if (!(value instanceof String text)) {
            throw wrongType("readConcern.level", "string");
        }
        if (!LEVELS.contains(text)) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "Enumeration value '" + text + "' for field 'readConcern.level' is not a valid value.");
        }
        return text;
    }

    private static BsonTimestamp timestamp(String field, @Nullable Object value) {
        if (!(value instanceof BsonTimestamp timestamp)) {
            throw wrongType("readConcern." + field, "timestamp");
        }
        if (timestamp.getValue() == 0) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "readConcern." + field + " cannot be a null timestamp");
        }
        return timestamp;
    }

    /** {@code apiVersion}, {@code apiStrict}, {@code apiDeprecationErrors}. */
    static ApiParameters api(Document command, Parameters parameters) {
        Object version = command.get("apiVersion");
        Boolean strict = bool(command, "apiStrict");
        Boolean deprecationErrors = bool(command, "apiDeprecationErrors");
        if (version == null) {
            if (strict != null || deprecationErrors != null) {
                throw new CommandError(
                        TOO_FEW_API_PARAMETERS,
                        "Provided apiStrict and/or apiDeprecationErrors without passing apiVersion");
            }
            if (parameters.isOn("requireApiVersion")) {
                throw new CommandError(
                        API_VERSION_REQUIRED,
                        "The apiVersion parameter is required, please configure your MongoClient's API version");
            }
            return ApiParameters.NONE;
        }
        if (!(version instanceof String text)) {
            throw wrongType("APIParametersFromClient.apiVersion", "string");
        }
        if (!text.equals("1") && !(text.equals("2") && parameters.isOn("acceptApiVersion2"))) {
            String allowed = parameters.isOn("acceptApiVersion2") ? "\"1\" or \"2\"" : "\"1\"";
            throw new CommandError(ErrorCode.API_VERSION_ERROR, "API version must be " + allowed);
        }
        return new ApiParameters(text, Boolean.TRUE.equals(strict), Boolean.TRUE.equals(deprecationErrors));
    }

    /** {@code $clusterTime.clusterTime}, or null. */
    static @Nullable BsonTimestamp clusterTime(Document command) {
        Object given = command.get("$clusterTime");
        if (given == null) {
            return null;
        }
        if (given instanceof Document document && document.get("clusterTime") instanceof BsonTimestamp time) {
            return time;
        }
        throw new CommandError(ErrorCode.NO_SUCH_KEY, "Missing expected field \"clusterTime\"");
    }

    /** {@code maxTimeMS}, or null: 0 is no limit. */
    static @Nullable Long maxTimeMillis(Document command) {
        Object given = command.get("maxTimeMS");
        if (given == null) {
            return null;
        }
        if (!(given instanceof Number number) || number.doubleValue() != Math.rint(number.doubleValue())) {
            throw new CommandError(ErrorCode.BAD_VALUE, "maxTimeMS has to be an integer, not " + given);
        }
        long millis = number.longValue();
        if (millis < 0 || millis > Integer.MAX_VALUE) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE, millis + " value for maxTimeMS is out of range [0, 2147483647]");
        }
        return millis == 0 ? null : millis;
    }

    /** Whether {@code $readPreference} allows a secondary. */
    static boolean allowsSecondary(Document command) {
        Object given = command.get("$readPreference");
        if (given == null) {
            return false;
        }
        if (!(given instanceof Document document) || !(document.get("mode") instanceof String mode)) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "$readPreference must be an object with a mode");
        }
        return switch (mode) {
            case "primary" -> {
                if (document.get("tags") instanceof Collection<?> tags && !tags.isEmpty()) {
                    throw new CommandError(
                            ErrorCode.BAD_VALUE, "Only empty tags are allowed with primary read preference");
                }
                yield false;
            }
            case "primaryPreferred", "secondary", "secondaryPreferred", "nearest" -> true;
            default ->
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "Could not parse $readPreference mode '" + mode
                                + "'. Only the modes 'primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', and 'nearest' are supported.");
        };
    }

    private static @Nullable Long integer(Document command, String field) {
        Object value = command.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw wrongType("OperationSessionInfo." + field, "long");
    }

    private static @Nullable Boolean bool(Document command, String field) {
        Object value = command.get(field);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw wrongType(field, "bool");
    }

    static CommandError wrongType(String field, String expected) {
        return new CommandError(
                ErrorCode.TYPE_MISMATCH,
                "BSON field '" + field + "' is the wrong type, expected type '" + expected + "'");
    }
}
