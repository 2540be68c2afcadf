package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and mutated connection strings: they parse, or fail with the one exception that is meant for it. */
class ConnectionStringFuzzTest {

    private static final String[] SEEDS = {
        "mongodb://alice:pa%40ss@db1.example.com:27017,[::1]:27018,%2Ftmp%2Fm.sock/admin?replicaSet=rs&tls=true",
        "mongodb+srv://bob:x@cluster0.example.com/app?retryWrites=true&w=majority&srvMaxHosts=3&srvServiceName=svc",
        "mongodb://h?readPreference=secondary&readPreferenceTags=dc:ny,rack:1&readPreferenceTags=&maxStalenessSeconds=120",
        "mongodb://u@h/?authMechanism=GSSAPI&authMechanismProperties=SERVICE_NAME:a,CANONICALIZE_HOST_NAME:forward",
        "mongodb://h/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:mongodb://x",
        "mongodb://h/?compressors=snappy,zlib&zlibCompressionLevel=9&timeoutMS=5&maxPoolSize=7&minPoolSize=1&wtimeout=3",
        "mongodb://h/?proxyHost=p&proxyPort=1&proxyUsername=a&proxyPassword=b&transport=nio&loops=2;w=3",
        "mongodb://h/?tlsInsecure=true&tlsCAFile=a.pem&tlsCertificateKeyFile=b.pem&tlsCertificateKeyFilePassword=c",
        "mongodb://h/?uuidRepresentation=standard&serverMonitoringMode=poll&heartbeatFrequencyMS=500&loadBalanced=false",
    };

    private static final String ALPHABET =
            "mongodb+srv://:@/?&;=,%[]$\\\"' .#0123456789-abcXYZ_\u00fc\u4e2d\ud83d\ude00\ud800\udc00\u0000\n";

    @Test
    void onlyConfigurationErrorsEscape() {
        Random random = new Random(20260814);
        int parsed = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            String uri = i % 4 == 0 ? random(random) : mutated(random);
            try {
                ConnectionString connectionString = new ConnectionString(uri);
                if (connectionString.toString().isEmpty()
                        || connectionString.hosts().isEmpty() != connectionString.isSrv()) {
                    throw new AssertionError("hosts of " + uri);
                }
                parsed++;
                MongoClientSettings.builder()
                        .applyConnectionString(connectionString)
                        .build();
            } catch (MongoConfigurationException e) {
                if (e.getMessage() == null || e.getMessage().contains("null")) {
                    throw new AssertionError("message for " + uri, e);
                }
                refused++;
            }
        }
        // Both ways are taken often, else this test would prove nothing.
        assertThat(parsed).isGreaterThan(2_000);
        assertThat(refused).isGreaterThan(2_000);
    }

    @Test
    void aHugeConnectionStringIsParsedInOnePassOverItsParts() {
        StringBuilder uri = new StringBuilder("mongodb://h0");
        for (int i = 1; i < 20_000; i++) {
            uri.append(",h").append(i);
        }
        uri.append("/?readPreference=nearest");
        for (int i = 0; i < 20_000; i++) {
            uri.append("&readPreferenceTags=a:").append(i);
        }
        ConnectionString connectionString = new ConnectionString(uri.toString());
        assertThat(connectionString.hosts()).hasSize(20_000);
        assertThat(connectionString.options().tagSets()).hasSize(20_000);
    }

    private static String random(Random random) {
        StringBuilder uri = new StringBuilder(random.nextBoolean() ? "mongodb://" : "");
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            uri.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return uri.toString();
    }

    private static String mutated(Random random) {
        StringBuilder uri = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            if (uri.isEmpty()) {
                break;
            }
            int at = random.nextInt(uri.length());
            switch (random.nextInt(5)) {
                case 0 -> uri.deleteCharAt(at);
                case 1 -> uri.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> uri.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 3 -> uri.setLength(at + 1);
                default -> uri.insert(at, SEEDS[random.nextInt(SEEDS.length)].substring(10));
            }
        }
        return uri.toString();
    }
}
