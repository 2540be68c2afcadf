package dev.rotor.driver;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a connection string: the table of the URI Options specification, the official Java driver's
 * {@code uuidRepresentation}, and Rotor's own {@code transport} and {@code loops}.
 */
enum UriOption {
    APP_NAME("appName", UriValue.appName()),
    AUTH_MECHANISM("authMechanism", UriValue.oneOf(AuthMechanism.values(), AuthMechanism::wireName)),
    AUTH_MECHANISM_PROPERTIES("authMechanismProperties", UriValue.pairs()),
    AUTH_SOURCE("authSource", UriValue.text()),
    COMPRESSORS("compressors", UriValue.compressors()),
    CONNECT_TIMEOUT("connectTimeoutMS", UriValue.millis(0)),
    DIRECT_CONNECTION("directConnection", UriValue.bool()),
    ENABLE_OVERLOAD_RETARGETING("enableOverloadRetargeting", UriValue.bool()),
    GSSAPI_SERVICE_NAME("gssapiServiceName", UriValue.text()),
    HEARTBEAT_FREQUENCY("heartbeatFrequencyMS", UriValue.millis(500)),
    JOURNAL("journal", UriValue.bool()),
    LOAD_BALANCED("loadBalanced", UriValue.bool()),
    LOCAL_THRESHOLD("localThresholdMS", UriValue.millis(0)),
    LOOPS("loops", UriValue.integer(0, 1024)),
    MAX_ADAPTIVE_RETRIES("maxAdaptiveRetries", UriValue.integer(0, Integer.MAX_VALUE)),
    MAX_CONNECTING("maxConnecting", UriValue.integer(1, Integer.MAX_VALUE)),
    MAX_IDLE_TIME("maxIdleTimeMS", UriValue.millis(0)),
    MAX_POOL_SIZE("maxPoolSize", UriValue.integer(0, Integer.MAX_VALUE)),
    MAX_STALENESS("maxStalenessSeconds", UriValue.maxStaleness()),
    MIN_POOL_SIZE("minPoolSize", UriValue.integer(0, Integer.MAX_VALUE)),
    PROXY_HOST("proxyHost", UriValue.text()),
    PROXY_PASSWORD("proxyPassword", UriValue.secret()),
    PROXY_PORT("proxyPort", UriValue.integer(1, 65535)),
    PROXY_USERNAME("proxyUsername", UriValue.text()),
    READ_CONCERN_LEVEL("readConcernLevel", UriValue.text()),
    READ_PREFERENCE("readPreference", UriValue.oneOf(ReadPreference.Mode.values(), ReadPreference.Mode::wireName)),
    READ_PREFERENCE_TAGS("readPreferenceTags", UriValue.tagSet()),
    REPLICA_SET("replicaSet", UriValue.text()),
    RETRY_READS("retryReads", UriValue.bool()),
    RETRY_WRITES("retryWrites", UriValue.bool()),
    SERVER_MONITORING_MODE(
            "serverMonitoringMode", UriValue.oneOf(ServerMonitoringMode.values(), ServerMonitoringMode::wireName)),
    SERVER_SELECTION_TIMEOUT("serverSelectionTimeoutMS", UriValue.millis(1)),
    SOCKET_TIMEOUT("socketTimeoutMS", UriValue.millis(0)),
    SRV_MAX_HOSTS("srvMaxHosts", UriValue.integer(0, Integer.MAX_VALUE)),
    SRV_SERVICE_NAME("srvServiceName", UriValue.srvServiceName()),
    TIMEOUT("timeoutMS", UriValue.millis(0)),
    TLS("tls", UriValue.bool()),
    TLS_ALLOW_INVALID_CERTIFICATES("tlsAllowInvalidCertificates", UriValue.bool()),
    TLS_ALLOW_INVALID_HOSTNAMES("tlsAllowInvalidHostnames", UriValue.bool()),
    TLS_CA_FILE("tlsCAFile", UriValue.text()),
    TLS_CERTIFICATE_KEY_FILE("tlsCertificateKeyFile", UriValue.text()),
    TLS_CERTIFICATE_KEY_FILE_PASSWORD("tlsCertificateKeyFilePassword", UriValue.secret()),
    TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK("tlsDisableCertificateRevocationCheck", UriValue.bool()),
    TLS_DISABLE_OCSP_ENDPOINT_CHECK("tlsDisableOCSPEndpointCheck", UriValue.bool()),
    TLS_INSECURE("tlsInsecure", UriValue.bool()),
    TRANSPORT("transport", UriValue.text()),
    UUID_REPRESENTATION("uuidRepresentation", UriValue.uuidRepresentation()),
    W("w", UriValue.w()),
    W_TIMEOUT("wTimeoutMS", UriValue.longMillis()),
    WAIT_QUEUE_TIMEOUT("waitQueueTimeoutMS", UriValue.millis(1)),
    ZLIB_COMPRESSION_LEVEL("zlibCompressionLevel", UriValue.integer(-1, 9));

    private static final Map<String, UriOption> BY_NAME = new HashMap<>();
    private static final Map<String, UriOption> DEPRECATED = Map.of(
            "wtimeout", W_TIMEOUT,
            "j", JOURNAL,
            "secondaryacceptablelatencyms", LOCAL_THRESHOLD,
            "sslinvalidhostnameallowed", TLS_ALLOW_INVALID_HOSTNAMES);

    static {
        for (UriOption option : values()) {
            BY_NAME.put(lower(option.uriName), option);
        }
        // An alias for ever, not a deprecated name.
        BY_NAME.put("ssl", TLS);
        BY_NAME.putAll(DEPRECATED);
    }

    private final String uriName;
    /** A text and a stateless function. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UriValue value;

    UriOption(String uriName, UriValue value) {
        this.uriName = uriName;
        this.value = value;
    }

    /** The option of a name in any case, or null. */
    static @Nullable UriOption find(String name) {
        return BY_NAME.get(lower(name));
    }

    /** Whether a name is an old one that should not be used any more. */
    static boolean isDeprecated(String name) {
        return DEPRECATED.containsKey(lower(name));
    }

    /** Lower case for A to Z only, as the specification asks: no language's rules. */
    private static String lower(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return out.toString();
    }

    String uriName() {
        return uriName;
    }

    UriValue value() {
        return value;
    }

    /** Whether its value must never be shown. */
    boolean isSecret() {
        return switch (this) {
            case AUTH_MECHANISM_PROPERTIES, PROXY_PASSWORD, PROXY_USERNAME, TLS_CERTIFICATE_KEY_FILE_PASSWORD -> true;
            default -> false;
        };
    }

    /** Whether repeated keys make a list. */
    boolean isList() {
        return this == READ_PREFERENCE_TAGS;
    }

    /** Whether giving it twice is an error, rather than worth a warning. */
    boolean isOnceOnly() {
        return switch (this) {
            case PROXY_HOST, PROXY_PORT, PROXY_USERNAME, PROXY_PASSWORD -> true;
            default -> false;
        };
    }
}
