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
        set(uri.tlsSettings(), builder::tlsSettings);
        set(uri.proxySettings(), builder::proxySettings);
        set(uri.transport(), builder::transport);
        set(uri.loops(), builder::loops);
        builder.applyToTopologySettings(topology -> apply(uri, topology));
        builder.applyToConnectionPoolSettings(pool -> apply(uri, pool));
        builder.applyToSocketSettings(socket -> apply(uri, socket));
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

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
