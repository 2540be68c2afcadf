package dev.rotor.driver;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes over into client settings what a connection string mentions. Plain statements, not a table of setters: a method
 * reference each would cost a class each at the start of every application.
 */
final class ConnectionStringApplier {

    private ConnectionStringApplier() {}

    static void apply(ConnectionString uri, MongoClientSettings.Builder builder) {
        if (uri.uuidRepresentation() != null) {
            builder.uuidRepresentation(uri.uuidRepresentation());
        }
        if (uri.readPreference() != null) {
            builder.readPreference(uri.readPreference());
        }
        if (uri.readConcern() != null) {
            builder.readConcern(uri.readConcern());
        }
        if (uri.writeConcern() != null) {
            builder.writeConcern(uri.writeConcern());
        }
        if (uri.retryReads() != null) {
            builder.retryReads(uri.retryReads());
        }
        if (uri.retryWrites() != null) {
            builder.retryWrites(uri.retryWrites());
        }
        if (uri.maxAdaptiveRetries() != null) {
            builder.maxAdaptiveRetries(uri.maxAdaptiveRetries());
        }
        if (uri.enableOverloadRetargeting() != null) {
            builder.enableOverloadRetargeting(uri.enableOverloadRetargeting());
        }
        if (uri.timeout() != null) {
            builder.timeout(uri.timeout());
        }
        if (uri.database() != null) {
            builder.defaultDatabase(uri.database());
        }
        if (uri.applicationName() != null) {
            builder.applicationName(uri.applicationName());
        }
        if (uri.credential() != null) {
            builder.credential(uri.credential());
        }
        if (uri.compressors() != null) {
            builder.compressors(uri.compressors());
        }
        if (uri.proxySettings() != null) {
            builder.proxySettings(uri.proxySettings());
        }
        if (uri.transport() != null) {
            builder.transport(uri.transport());
        }
        if (uri.loops() != null) {
            builder.loops(uri.loops());
        }
        builder.applyToTopologySettings(topology -> apply(uri, topology));
        builder.applyToConnectionPoolSettings(pool -> apply(uri, pool));
        builder.applyToSocketSettings(socket -> apply(uri, socket));
        builder.applyToTlsSettings(tls -> apply(uri, tls));
    }

    private static void apply(ConnectionString uri, TopologySettings.Builder builder) {
        if (uri.srvHost() != null) {
            builder.srvHost(uri.srvHost());
        } else {
            builder.hosts(uri.hosts());
        }
        if (uri.srvMaxHosts() != null) {
            builder.srvMaxHosts(uri.srvMaxHosts());
        }
        if (uri.srvServiceName() != null) {
            builder.srvServiceName(uri.srvServiceName());
        }
        if (uri.directConnection() != null) {
            builder.directConnection(uri.directConnection());
        }
        if (uri.loadBalanced() != null) {
            builder.loadBalanced(uri.loadBalanced());
        }
        if (uri.replicaSet() != null) {
            builder.replicaSet(uri.replicaSet());
        }
        if (uri.serverSelectionTimeout() != null) {
            builder.serverSelectionTimeout(uri.serverSelectionTimeout());
        }
        if (uri.localThreshold() != null) {
            builder.localThreshold(uri.localThreshold());
        }
        if (uri.heartbeatFrequency() != null) {
            builder.heartbeatFrequency(uri.heartbeatFrequency());
        }
        if (uri.serverMonitoringMode() != null) {
            builder.serverMonitoringMode(uri.serverMonitoringMode());
        }
    }

    private static void apply(ConnectionString uri, ConnectionPoolSettings.Builder builder) {
        if (uri.maxPoolSize() != null) {
            builder.maxSize(uri.maxPoolSize());
        }
        if (uri.minPoolSize() != null) {
            builder.minSize(uri.minPoolSize());
        }
        if (uri.maxConnecting() != null) {
            builder.maxConnecting(uri.maxConnecting());
        }
        if (uri.maxIdleTime() != null) {
            builder.maxIdleTime(uri.maxIdleTime());
        }
        if (uri.waitQueueTimeout() != null) {
            builder.maxWaitTime(uri.waitQueueTimeout());
        }
    }

    private static void apply(ConnectionString uri, SocketSettings.Builder builder) {
        if (uri.connectTimeout() != null) {
            builder.connectTimeout(uri.connectTimeout());
        }
        if (uri.socketTimeout() != null) {
            builder.socketTimeout(uri.socketTimeout());
        }
    }

    /** Option by option: an SSLContext or a file that code has set stays. */
    private static void apply(ConnectionString uri, TlsSettings.Builder builder) {
        TlsSettings all = uri.tlsSettings();
        if (all == null) {
            return;
        }
        UriOptions options = uri.options();
        builder.enabled(all.enabled());
        set(options.get(UriOption.TLS_CA_FILE, String.class), builder::caFile);
        set(options.get(UriOption.TLS_CERTIFICATE_KEY_FILE, String.class), builder::certificateKeyFile);
        set(
                options.get(UriOption.TLS_CERTIFICATE_KEY_FILE_PASSWORD, Secret.class),
                builder::certificateKeyFilePassword);
        set(options.get(UriOption.TLS_INSECURE, Boolean.class), builder::insecure);
        set(options.get(UriOption.TLS_ALLOW_INVALID_CERTIFICATES, Boolean.class), builder::allowInvalidCertificates);
        set(options.get(UriOption.TLS_ALLOW_INVALID_HOSTNAMES, Boolean.class), builder::allowInvalidHostnames);
        set(
                options.get(UriOption.TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK, Boolean.class),
                builder::disableCertificateRevocationCheck);
        set(options.get(UriOption.TLS_DISABLE_OCSP_ENDPOINT_CHECK, Boolean.class), builder::disableOcspEndpointCheck);
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
