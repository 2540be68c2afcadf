package dev.rotor.testserver.engine;

import java.util.HashMap;
import java.util.Map;

/** The server's error codes that the test server gives or is told to give, with the names that replies carry. */
public enum ErrorCode {
    INTERNAL_ERROR(1, "InternalError"),
    BAD_VALUE(2, "BadValue"),
    NO_SUCH_KEY(4, "NoSuchKey"),
    HOST_UNREACHABLE(6, "HostUnreachable"),
    HOST_NOT_FOUND(7, "HostNotFound"),
    UNKNOWN_ERROR(8, "UnknownError"),
    FAILED_TO_PARSE(9, "FailedToParse"),
    CANNOT_MUTATE_OBJECT(10, "CannotMutateObject"),
    USER_NOT_FOUND(11, "UserNotFound"),
    UNSUPPORTED_FORMAT(12, "UnsupportedFormat"),
    UNAUTHORIZED(13, "Unauthorized"),
    TYPE_MISMATCH(14, "TypeMismatch"),
    OVERFLOW(15, "Overflow"),
    INVALID_LENGTH(16, "InvalidLength"),
    PROTOCOL_ERROR(17, "ProtocolError"),
    AUTHENTICATION_FAILED(18, "AuthenticationFailed"),
    CANNOT_REUSE_OBJECT(19, "CannotReuseObject"),
    ILLEGAL_OPERATION(20, "IllegalOperation"),
    EMPTY_ARRAY_OPERATION(21, "EmptyArrayOperation"),
    INVALID_BSON(22, "InvalidBSON"),
    ALREADY_INITIALIZED(23, "AlreadyInitialized"),
    LOCK_TIMEOUT(24, "LockTimeout"),
    NAMESPACE_NOT_FOUND(26, "NamespaceNotFound"),
    INDEX_NOT_FOUND(27, "IndexNotFound"),
    PATH_NOT_VIABLE(28, "PathNotViable"),
    ROLE_NOT_FOUND(31, "RoleNotFound"),
    CANNOT_BACKFILL_ARRAY(39, "CannotBackfillArray"),
    CONFLICTING_UPDATE_OPERATORS(40, "ConflictingUpdateOperators"),
    CURSOR_NOT_FOUND(43, "CursorNotFound"),
    NAMESPACE_EXISTS(48, "NamespaceExists"),
    DOLLAR_PREFIXED_FIELD_NAME(52, "DollarPrefixedFieldName"),
    INVALID_ID_FIELD(53, "InvalidIdField"),
    MAX_TIME_MS_EXPIRED(50, "MaxTimeMSExpired"),
    MANUAL_INTERVENTION_REQUIRED(51, "ManualInterventionRequired"),
    NOT_SINGLE_VALUE_FIELD(54, "NotSingleValueField"),
    EMPTY_FIELD_NAME(56, "EmptyFieldName"),
    DOTTED_FIELD_NAME(57, "DottedFieldName"),
    COMMAND_NOT_FOUND(59, "CommandNotFound"),
    SHARD_KEY_NOT_FOUND(61, "ShardKeyNotFound"),
    OPLOG_OPERATION_UNSUPPORTED(62, "OplogOperationUnsupported"),
    STALE_SHARD_VERSION(63, "StaleShardVersion"),
    WRITE_CONCERN_TIMEOUT(64, "WriteConcernTimeout"),
    MULTIPLE_ERRORS_OCCURRED(65, "MultipleErrorsOccurred"),
    IMMUTABLE_FIELD(66, "ImmutableField"),
    CANNOT_CREATE_INDEX(67, "CannotCreateIndex"),
    INDEX_ALREADY_EXISTS(68, "IndexAlreadyExists"),
    AUTH_SCHEMA_INCOMPATIBLE(69, "AuthSchemaIncompatible"),
    SHARD_NOT_FOUND(70, "ShardNotFound"),
    INVALID_OPTIONS(72, "InvalidOptions"),
    INVALID_NAMESPACE(73, "InvalidNamespace"),
    NODE_NOT_FOUND(74, "NodeNotFound"),
    NO_REPLICATION_ENABLED(76, "NoReplicationEnabled"),
    UNKNOWN_REPL_WRITE_CONCERN(79, "UnknownReplWriteConcern"),
    INDEX_OPTIONS_CONFLICT(85, "IndexOptionsConflict"),
    INDEX_KEY_SPECS_CONFLICT(86, "IndexKeySpecsConflict"),
    NETWORK_TIMEOUT(89, "NetworkTimeout"),
    SHUTDOWN_IN_PROGRESS(91, "ShutdownInProgress"),
    NOT_YET_INITIALIZED(94, "NotYetInitialized"),
    OPERATION_FAILED(96, "OperationFailed"),
    NO_PROJECTION_FOUND(97, "NoProjectionFound"),
    UNSATISFIABLE_WRITE_CONCERN(100, "UnsatisfiableWriteConcern"),
    WRITE_CONFLICT(112, "WriteConflict"),
    COMMAND_NOT_SUPPORTED(115, "CommandNotSupported"),
    DOCUMENT_VALIDATION_FAILURE(121, "DocumentValidationFailure"),
    NOT_A_REPLICA_SET(123, "NotAReplicaSet"),
    INCOMPATIBLE_ELECTION_PROTOCOL(124, "IncompatibleElectionProtocol"),
    COMMAND_FAILED(125, "CommandFailed"),
    FAILED_TO_SATISFY_READ_PREFERENCE(133, "FailedToSatisfyReadPreference"),
    READ_CONCERN_MAJORITY_NOT_AVAILABLE_YET(134, "ReadConcernMajorityNotAvailableYet"),
    STALE_TERM(135, "StaleTerm"),
    CAPPED_POSITION_LOST(136, "CappedPositionLost"),
    INVALID_VIEW_DEFINITION(182, "InvalidViewDefinition"),
    VIEW_DEPTH_LIMIT_EXCEEDED(165, "ViewDepthLimitExceeded"),
    COMMAND_NOT_SUPPORTED_ON_VIEW(166, "CommandNotSupportedOnView"),
    OPTION_NOT_SUPPORTED_ON_VIEW(167, "OptionNotSupportedOnView"),
    INVALID_PIPELINE_OPERATOR(168, "InvalidPipelineOperator"),
    STALE_EPOCH(150, "StaleEpoch"),
    PRIMARY_STEPPED_DOWN(189, "PrimarySteppedDown"),
    INVALID_UUID(207, "InvalidUUID"),
    CLIENT_METADATA_MISSING_FIELD(183, "ClientMetadataMissingField"),
    CLIENT_METADATA_APP_NAME_TOO_LARGE(184, "ClientMetadataAppNameTooLarge"),
    CLIENT_METADATA_DOCUMENT_TOO_LARGE(185, "ClientMetadataDocumentTooLarge"),
    CLIENT_METADATA_CANNOT_BE_MUTATED(186, "ClientMetadataCannotBeMutated"),
    INVALID_INDEX_SPECIFICATION_OPTION(197, "InvalidIndexSpecificationOption"),
    NO_SUCH_SESSION(206, "NoSuchSession"),
    TOO_MANY_LOGICAL_SESSIONS(261, "TooManyLogicalSessions"),
    SESSION_TRANSFER_INCOMPLETE(228, "SessionTransferIncomplete"),
    ELECTION_IN_PROGRESS(216, "ElectionInProgress"),
    QUERY_PLAN_KILLED(175, "QueryPlanKilled"),
    TRANSACTION_TOO_OLD(225, "TransactionTooOld"),
    RETRY_CHANGE_STREAM(234, "RetryChangeStream"),
    INTERNAL_ERROR_NOT_SUPPORTED(235, "InternalErrorNotSupported"),
    CURSOR_KILLED(237, "CursorKilled"),
    NOT_IMPLEMENTED(238, "NotImplemented"),
    SNAPSHOT_TOO_OLD(239, "SnapshotTooOld"),
    CONVERSION_FAILURE(241, "ConversionFailure"),
    CANNOT_GROW_DOCUMENT(10003, "CannotGrowDocumentInCappedNamespace"),
    SNAPSHOT_UNAVAILABLE(246, "SnapshotUnavailable"),
    NO_SUCH_TRANSACTION(251, "NoSuchTransaction"),
    TRANSACTION_COMMITTED(256, "TransactionCommitted"),
    TRANSACTION_TOO_LARGE(257, "TransactionTooLarge"),
    UNKNOWN_FEATURE_COMPATIBILITY_VERSION(258, "UnknownFeatureCompatibilityVersion"),
    EXCEEDED_TIME_LIMIT(262, "ExceededTimeLimit"),
    OPERATION_NOT_SUPPORTED_IN_TRANSACTION(263, "OperationNotSupportedInTransaction"),
    TOO_MANY_FILES_OPEN(264, "TooManyFilesOpen"),
    PREPARED_TRANSACTION_IN_PROGRESS(267, "PreparedTransactionInProgress"),
    CHANGE_STREAM_FATAL_ERROR(280, "ChangeStreamFatalError"),
    CLIENT_DISCONNECT(279, "ClientDisconnect"),
    CHANGE_STREAM_HISTORY_LOST(286, "ChangeStreamHistoryLost"),
    NO_QUERY_EXECUTION_PLANS(291, "NoQueryExecutionPlans"),
    QUERY_EXCEEDED_MEMORY_LIMIT(292, "QueryExceededMemoryLimitNoDiskUseAllowed"),
    INTERRUPTED_DUE_TO_STORAGE_CHANGE(355, "InterruptedDueToStorageChange"),
    API_VERSION_ERROR(322, "APIVersionError"),
    API_STRICT_ERROR(323, "APIStrictError"),
    API_DEPRECATION_ERROR(324, "APIDeprecationError"),
    LOAD_BALANCER_SUPPORT_MISMATCH(354, "LoadBalancerSupportMismatch"),
    CANNOT_CONVERT_INDEX_TO_UNIQUE(359, "CannotConvertIndexToUnique"),
    COLLECTION_UUID_MISMATCH(361, "CollectionUUIDMismatch"),
    NO_MATCHING_DOCUMENT(47, "NoMatchingDocument"),
    REAUTHENTICATION_REQUIRED(391, "ReauthenticationRequired"),
    CLUSTER_TIME_FAILS_RATE_LIMITER(205, "ClusterTimeFailsRateLimiter"),
    INCOMPLETE_TRANSACTION_HISTORY(217, "IncompleteTransactionHistory"),
    STALE_DB_VERSION(249, "StaleDbVersion"),
    INVALID_RESUME_TOKEN(260, "InvalidResumeToken"),
    FAIL_POINT_SET_FAILED(266, "FailPointSetFailed"),
    CURSOR_IN_USE(143, "CursorInUse"),
    MECHANISM_UNAVAILABLE(334, "MechanismUnavailable"),
    UNSUPPORTED_OP_QUERY_COMMAND(352, "UnsupportedOpQueryCommand"),
    INTERRUPTED(11601, "Interrupted"),
    INTERRUPTED_AT_SHUTDOWN(11600, "InterruptedAtShutdown"),
    INTERRUPTED_DUE_TO_REPL_STATE_CHANGE(11602, "InterruptedDueToReplStateChange"),
    BACKGROUND_OPERATION_IN_PROGRESS(12586, "BackgroundOperationInProgressForDatabase"),
    BACKGROUND_OPERATION_IN_PROGRESS_FOR_NAMESPACE(12587, "BackgroundOperationInProgressForNamespace"),
    BSON_OBJECT_TOO_LARGE(10334, "BSONObjectTooLarge"),
    DUPLICATE_KEY(11000, "DuplicateKey"),
    SOCKET_EXCEPTION(9001, "SocketException"),
    NOT_WRITABLE_PRIMARY(10107, "NotWritablePrimary"),
    NOT_PRIMARY_NO_SECONDARY_OK(13435, "NotPrimaryNoSecondaryOk"),
    NOT_PRIMARY_OR_SECONDARY(13436, "NotPrimaryOrSecondary"),
    STALE_CONFIG(13388, "StaleConfig");

    private static final Map<Integer, String> NAMES = new HashMap<>();

    static {
        for (ErrorCode each : values()) {
            NAMES.put(each.code, each.codeName);
        }
    }

    private final int code;
    private final String codeName;

    ErrorCode(int code, String codeName) {
        this.code = code;
        this.codeName = codeName;
    }

    public int code() {
        return code;
    }

    public String codeName() {
        return codeName;
    }

    /** The name a reply carries beside the code: codes without a name are {@code Location<code>}. */
    public static String nameOf(int code) {
        return NAMES.getOrDefault(code, "Location" + code);
    }
}
