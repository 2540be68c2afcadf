package dev.rotor.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the options of a connection string say together: conflicts, and values made of several options. */
final class UriChecks {

    private UriChecks() {}

    /** Throws for options that contradict each other or the hosts. */
    static void check(boolean srv, int hosts, UriOptions options) {
        fail(OptionConflicts.ofTls(
                options.mentions(UriOption.TLS_INSECURE),
                options.mentions(UriOption.TLS_ALLOW_INVALID_CERTIFICATES),
                options.mentions(UriOption.TLS_ALLOW_INVALID_HOSTNAMES),
                options.mentions(UriOption.TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK),
                options.mentions(UriOption.TLS_DISABLE_OCSP_ENDPOINT_CHECK)));
        if (!srv) {
            if (options.mentions(UriOption.SRV_MAX_HOSTS)) {
                fail(OptionConflicts.srvOnly("srvMaxHosts"));
            }
            if (options.mentions(UriOption.SRV_SERVICE_NAME)) {
                fail(OptionConflicts.srvOnly("srvServiceName"));
            }
        }
        Integer srvMaxHosts = options.get(UriOption.SRV_MAX_HOSTS, Integer.class);
        fail(OptionConflicts.ofTopology(
                hosts,
                srv,
                srvMaxHosts == null ? 0 : srvMaxHosts,
                TopologySettings.DEFAULT_SRV_SERVICE_NAME,
                options.isTrue(UriOption.DIRECT_CONNECTION),
                options.isTrue(UriOption.LOAD_BALANCED),
                options.get(UriOption.REPLICA_SET, String.class)));
        Integer minPoolSize = options.get(UriOption.MIN_POOL_SIZE, Integer.class);
        Integer maxPoolSize = options.get(UriOption.MAX_POOL_SIZE, Integer.class);
        if (minPoolSize != null && maxPoolSize != null) {
            fail(OptionConflicts.ofPoolSizes(minPoolSize, maxPoolSize));
        }
    }

    static @Nullable ReadPreference readPreference(UriOptions options) {
        ReadPreference.Mode mode = options.get(UriOption.READ_PREFERENCE, ReadPreference.Mode.class);
        Duration maxStaleness = options.get(UriOption.MAX_STALENESS, Duration.class);
        if (maxStaleness != null && maxStaleness.isNegative()) {
            maxStaleness = null; // -1: no limit
        }
        List<TagSet> tagSets = options.tagSets();
        if (mode == null && maxStaleness == null && tagSets.isEmpty()) {
            return null;
        }
        if (mode == null || mode == ReadPreference.Mode.PRIMARY) {
            String primary = mode == null ? "readPreference primary, the default," : "readPreference primary";
            if (maxStaleness != null) {
                throw UriError.of(primary + " cannot be combined with maxStalenessSeconds");
            }
            for (TagSet tagSet : tagSets) {
                if (!tagSet.tags().isEmpty()) {
                    throw UriError.of(primary + " cannot be combined with readPreferenceTags");
                }
            }
            return ReadPreference.PRIMARY;
        }
        return new ReadPreference(mode, tagSets, maxStaleness);
    }

    static @Nullable WriteConcern writeConcern(UriOptions options) {
        Object w = options.get(UriOption.W, Object.class);
        Duration wTimeout = options.get(UriOption.W_TIMEOUT, Duration.class);
        Boolean journal = options.get(UriOption.JOURNAL, Boolean.class);
        if (w == null && wTimeout == null && journal == null) {
            return null;
        }
        try {
            return new WriteConcern(w, wTimeout, journal);
        } catch (IllegalArgumentException e) {
            throw UriError.of(String.valueOf(e.getMessage()));
        }
    }

    static @Nullable List<MongoCompressor> compressors(UriOptions options) {
        List<?> names = options.get(UriOption.COMPRESSORS, List.class);
        if (names == null) {
            return null;
        }
        Integer level = options.get(UriOption.ZLIB_COMPRESSION_LEVEL, Integer.class);
        List<MongoCompressor> compressors = new ArrayList<>();
        for (Object name : names) {
            boolean zlib = name.equals(MongoCompressor.ZLIB.name());
            compressors.add(new MongoCompressor((String) name, zlib && level != null ? level : -1));
        }
        return List.copyOf(compressors);
    }

    static @Nullable ProxySettings proxy(UriOptions options) {
        String host = options.get(UriOption.PROXY_HOST, String.class);
        Integer port = options.get(UriOption.PROXY_PORT, Integer.class);
        String username = options.get(UriOption.PROXY_USERNAME, String.class);
        Secret password = options.get(UriOption.PROXY_PASSWORD, Secret.class);
        if (host == null) {
            for (UriOption option : List.of(UriOption.PROXY_PORT, UriOption.PROXY_USERNAME, UriOption.PROXY_PASSWORD)) {
                if (options.get(option, Object.class) != null) {
                    throw UriError.of(option.uriName() + " needs proxyHost");
                }
            }
            return null;
        }
        try {
            return new ProxySettings(host, port == null ? ProxySettings.DEFAULT_PORT : port, username, password);
        } catch (IllegalArgumentException e) {
            throw UriError.of(String.valueOf(e.getMessage()));
        }
    }

    static @Nullable TlsSettings tls(boolean srv, UriOptions options) {
        Boolean enabled = options.get(UriOption.TLS, Boolean.class);
        boolean others = options.has(
                UriOption.TLS_ALLOW_INVALID_CERTIFICATES,
                UriOption.TLS_ALLOW_INVALID_HOSTNAMES,
                UriOption.TLS_CA_FILE,
                UriOption.TLS_CERTIFICATE_KEY_FILE,
                UriOption.TLS_CERTIFICATE_KEY_FILE_PASSWORD,
                UriOption.TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK,
                UriOption.TLS_DISABLE_OCSP_ENDPOINT_CHECK,
                UriOption.TLS_INSECURE);
        if (enabled == null && !others && !srv) {
            return null;
        }
        boolean insecure = options.isTrue(UriOption.TLS_INSECURE);
        return new TlsSettings(
                enabled == null || enabled,
                null,
                options.get(UriOption.TLS_CA_FILE, String.class),
                options.get(UriOption.TLS_CERTIFICATE_KEY_FILE, String.class),
                options.get(UriOption.TLS_CERTIFICATE_KEY_FILE_PASSWORD, Secret.class),
                insecure || options.isTrue(UriOption.TLS_ALLOW_INVALID_CERTIFICATES),
                insecure || options.isTrue(UriOption.TLS_ALLOW_INVALID_HOSTNAMES),
                options.isTrue(UriOption.TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK),
                options.isTrue(UriOption.TLS_DISABLE_OCSP_ENDPOINT_CHECK));
    }

    private static void fail(@Nullable String conflict) {
        if (conflict != null) {
            throw UriError.of(conflict);
        }
    }
}
