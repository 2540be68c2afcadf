package dev.rotor.driver;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes over into client settings what a connection string mentions. */
final class ConnectionStringApplier {

    private ConnectionStringApplier() {}

    static void apply(ConnectionString uri, MongoClientSettings.Builder builder) {
        set(uri.uuidRepresentation(), builder::uuidRepresentation);
        set(uri.readPreference(), builder::readPreference);
        set(uri.readConcern(), builder::readConcern);
        set(uri.writeConcern(), builder::writeConcern);
        set(uri.retryReads(), builder::retryReads);
        set(uri.retryWrites(), builder::retryWrites);
        set(uri.maxAdaptiveRetries(), builder::maxAdaptiveRetries);
        set(uri.enableOverloadRetargeting(), builder::enableOverloadRetargeting);
        set(uri.timeout(), builder::timeout);
        set(uri.applicationName(), builder::applicationName);
        set(uri.credential(), builder::credential);
        set(uri.compressors(), builder::compressors);
        set(uri.proxySettings(), builder::proxySettings);
        set(uri.transport(), builder::transport);
        set(uri.loops(), builder::loops);
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
        set(uri.srvMaxHosts(), builder::srvMaxHosts);
        set(uri.srvServiceName(), builder::srvServiceName);
        set(uri.directConnection(), builder::directConnection);
        set(uri.loadBalanced(), builder::loadBalanced);
        set(uri.replicaSet(), builder::replicaSet);
        set(uri.serverSelectionTimeout(), builder::serverSelectionTimeout);
        set(uri.localThreshold(), builder::localThreshold);
        set(uri.heartbeatFrequency(), builder::heartbeatFrequency);
        set(uri.serverMonitoringMode(), builder::serverMonitoringMode);
    }

    private static void apply(ConnectionString uri, ConnectionPoolSettings.Builder builder) {
        set(uri.maxPoolSize(), builder::maxSize);
        set(uri.minPoolSize(), builder::minSize);
        set(uri.maxConnecting(), builder::maxConnecting);
        set(uri.maxIdleTime(), builder::maxIdleTime);
        set(uri.waitQueueTimeout(), builder::maxWaitTime);
    }

    private static void apply(ConnectionString uri, SocketSettings.Builder builder) {
        set(uri.connectTimeout(), builder::connectTimeout);
        set(uri.socketTimeout(), builder::socketTimeout);
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
