package dev.rotor.conformance.unified.match;

import java.util.Map;

/** Names of the server's error codes, for write errors: the server sends only the code of those. */
final class CodeNames {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "InternalError"),
            Map.entry(2, "BadValue"),
            Map.entry(8, "UnknownError"),
            Map.entry(9, "FailedToParse"),
            Map.entry(11, "UserNotFound"),
            Map.entry(13, "Unauthorized"),
            Map.entry(14, "TypeMismatch"),
            Map.entry(20, "IllegalOperation"),
            Map.entry(26, "NamespaceNotFound"),
            Map.entry(27, "IndexNotFound"),
            Map.entry(28, "PathNotViable"),
            Map.entry(40, "ConflictingUpdateOperators"),
            Map.entry(43, "CursorNotFound"),
            Map.entry(48, "NamespaceExists"),
            Map.entry(50, "MaxTimeMSExpired"),
            Map.entry(52, "DollarPrefixedFieldName"),
            Map.entry(53, "InvalidIdField"),
            Map.entry(57, "DottedFieldName"),
            Map.entry(59, "CommandNotFound"),
            Map.entry(64, "WriteConcernFailed"),
            Map.entry(66, "ImmutableField"),
            Map.entry(72, "InvalidOptions"),
            Map.entry(91, "ShutdownInProgress"),
            Map.entry(100, "UnsatisfiableWriteConcern"),
            Map.entry(112, "WriteConflict"),
            Map.entry(121, "DocumentValidationFailure"),
            Map.entry(189, "PrimarySteppedDown"),
            Map.entry(251, "NoSuchTransaction"),
            Map.entry(263, "OperationNotSupportedInTransaction"),
            Map.entry(10107, "NotWritablePrimary"),
            Map.entry(11000, "DuplicateKey"),
            Map.entry(11600, "InterruptedAtShutdown"),
            Map.entry(11601, "Interrupted"),
            Map.entry(11602, "InterruptedDueToReplStateChange"));

    private CodeNames() {}

    /** The name, or the code itself where it is not known here. */
    static String of(int code) {
        return NAMES.getOrDefault(code, "code " + code);
    }
}
