package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.Test;

/** What a connection string says, and what it only warns of. */
class ConnectionStringTest {

    private static List<String> warnings(String options) {
        return new ConnectionString("mongodb://host/?" + options).warnings();
    }

    @Test
    void aPlainStringNamesOneHostAndNothingElse() {
        ConnectionString uri = new ConnectionString("mongodb://localhost");
        assertThat(uri.hosts()).containsExactly(new ServerAddress("localhost", 27017));
        assertThat(uri.isSrv()).isFalse();
        assertThat(uri.warnings()).isEmpty();
        assertThat(uri.credential()).isNull();
        assertThat(uri.database()).isNull();
        assertThat(uri.readPreference()).isNull();
        assertThat(uri.readConcern()).isNull();
        assertThat(uri.writeConcern()).isNull();
        assertThat(uri.compressors()).isNull();
        assertThat(uri.tlsSettings()).isNull();
        assertThat(uri.proxySettings()).isNull();
        assertThat(uri).hasToString("mongodb://localhost:27017/");
    }

    @Test
    void hostsAreKeptInOrderInLowerCaseAndOnce() {
        assertThat(new ConnectionString("mongodb://B,a:1,[FE80::1%25eth0]:2,b:27017").hosts())
                .containsExactly(
                        new ServerAddress("b", 27017), new ServerAddress("a", 1), new ServerAddress("fe80::1%eth0", 2));
    }

    @Test
    void anSrvStringNamesItsHostAndTurnsEncryptionOn() {
        ConnectionString uri =
                new ConnectionString("mongodb+srv://Cluster.Example.com/?srvMaxHosts=2&srvServiceName=svc");
        assertThat(uri.isSrv()).isTrue();
        assertThat(uri.hosts()).isEmpty();
        assertThat(uri.srvHost()).isEqualTo("cluster.example.com");
        assertThat(uri.srvMaxHosts()).isEqualTo(2);
        assertThat(uri.srvServiceName()).isEqualTo("svc");
        assertThat(uri.tlsSettings()).isEqualTo(TlsSettings.ENABLED);
    }

    @Test
    void anSrvStringCanTurnEncryptionOff() {
        TlsSettings tls = new ConnectionString("mongodb+srv://cluster.example.com/?tls=false").tlsSettings();
        assertThat(tls).isEqualTo(TlsSettings.DISABLED);
    }

    @Test
    void anOptionAboutEncryptionTurnsItOnUnlessTlsIsOff() {
        TlsSettings implied = new ConnectionString("mongodb://h/?tlsCAFile=ca.pem").tlsSettings();
        assertThat(implied)
                .isEqualTo(TlsSettings.builder().enabled(true).caFile("ca.pem").build());
        TlsSettings off = new ConnectionString("mongodb://h/?tlsCAFile=ca.pem&tls=false").tlsSettings();
        assertThat(off)
                .isEqualTo(TlsSettings.builder().enabled(false).caFile("ca.pem").build());
    }

    @Test
    void tlsInsecureAllowsWhateverComes() {
        assertThat(new ConnectionString("mongodb://h/?tlsInsecure=true").tlsSettings())
                .isEqualTo(TlsSettings.builder().enabled(true).insecure(true).build());
        assertThat(new ConnectionString("mongodb://h/?tlsInsecure=false&ssl=true").tlsSettings())
                .isEqualTo(TlsSettings.ENABLED);
    }

    @Test
    void aPlusSignIsNotASpace() {
        ConnectionString uri = new ConnectionString("mongodb://a+b:c+d%2B%20@h/?replicaSet=x+y");
        MongoCredential expected = MongoCredential.createCredential("a+b", "admin", "c+d+ ".toCharArray());
        assertThat(uri.credential()).isEqualTo(expected);
        assertThat(uri.replicaSet()).isEqualTo("x+y");
    }

    @Test
    void theDatabaseIsTheSourceOnlyWhereTheMechanismAllowsIt() {
        assertThat(credential("mongodb://u:p@h/db").source()).isEqualTo("db");
        assertThat(credential("mongodb://u:p@h/db?authSource=other").source()).isEqualTo("other");
        assertThat(credential("mongodb://u@h/db?authMechanism=MONGODB-X509").source())
                .isEqualTo("$external");
        assertThat(credential("mongodb://u:p@h/?authMechanism=PLAIN").source()).isEqualTo("$external");
    }

    @Test
    void mechanismPropertiesMayContainColons() {
        assertThat(credential("mongodb://h/?authMechanism=MONGODB-OIDC"
                                + "&authMechanismProperties=TOKEN_RESOURCE:mongodb://a:1,ENVIRONMENT:gcp")
                        .mechanismProperties())
                .isEqualTo(Map.of("TOKEN_RESOURCE", "mongodb://a:1", "ENVIRONMENT", "gcp"));
    }

    @Test
    void theOldKerberosServiceNameCountsWithAWarning() {
        ConnectionString uri = new ConnectionString("mongodb://u@h/?authMechanism=GSSAPI&gssapiServiceName=other");
        assertThat(uri.credential()).isNotNull();
        assertThat(credential("mongodb://u@h/?authMechanism=GSSAPI&gssapiServiceName=other")
                        .mechanismProperties())
                .containsEntry("SERVICE_NAME", "other");
        assertThat(uri.warnings())
                .containsExactly("Deprecated option \"gssapiServiceName\": use"
                        + " authMechanismProperties=SERVICE_NAME:... instead");
    }

    private static MongoCredential credential(String uri) {
        MongoCredential credential = new ConnectionString(uri).credential();
        if (credential == null) {
            throw new AssertionError("no credential in " + uri);
        }
        return credential;
    }

    @Test
    void readPreferenceIsPutTogether() {
        assertThat(new ConnectionString("mongodb://h/?readPreference=nearest&readPreferenceTags=dc:ny,rack:1"
                                + "&readPreferenceTags=&maxStalenessSeconds=90")
                        .readPreference())
                .isEqualTo(new ReadPreference(
                        ReadPreference.Mode.NEAREST,
                        List.of(new TagSet(Map.of("dc", "ny", "rack", "1")), TagSet.EMPTY),
                        Duration.ofSeconds(90)));
        assertThat(new ConnectionString("mongodb://h/?readPreference=secondary&maxStalenessSeconds=-1")
                        .readPreference())
                .isEqualTo(ReadPreference.SECONDARY);
        assertThat(new ConnectionString("mongodb://h/?maxStalenessSeconds=-1").warnings())
                .isEmpty();
    }

    @Test
    void writeConcernIsPutTogether() {
        assertThat(new ConnectionString("mongodb://h/?w=2&journal=true&wTimeoutMS=9999999999").writeConcern())
                .isEqualTo(new WriteConcern(2, Duration.ofMillis(9_999_999_999L), true));
        assertThat(new ConnectionString("mongodb://h/?w=majority").writeConcern())
                .isEqualTo(WriteConcern.MAJORITY);
        assertThat(new ConnectionString("mongodb://h/?w=2dc").writeConcern())
                .isEqualTo(new WriteConcern("2dc", null, null));
    }

    @Test
    void compressorsKeepTheirOrderAndTheLevelIsForZlib() {
        assertThat(new ConnectionString("mongodb://h/?compressors=zstd,zlib,zstd&zlibCompressionLevel=3").compressors())
                .containsExactly(MongoCompressor.ZSTD, MongoCompressor.ZLIB.withLevel(3));
    }

    @Test
    void uuidRepresentationsHaveTheNamesOfTheOfficialDriver() {
        assertThat(new ConnectionString("mongodb://h/?uuidRepresentation=javaLegacy").uuidRepresentation())
                .isEqualTo(UuidRepresentation.JAVA_LEGACY);
        assertThat(new ConnectionString("mongodb://h/?uuidRepresentation=csharpLegacy").uuidRepresentation())
                .isEqualTo(UuidRepresentation.C_SHARP_LEGACY);
    }

    @Test
    void namesOfOptionsHaveNoCaseAndValuesDo() {
        ConnectionString uri = new ConnectionString("mongodb://h/?REPLICASET=Rs&readpreference=Secondary");
        assertThat(uri.replicaSet()).isEqualTo("Rs");
        assertThat(uri.readPreference()).isNull();
        assertThat(uri.warnings())
                .containsExactly(
                        "Unsupported value \"Secondary\" of option \"readPreference\" is ignored: it must be one"
                                + " of primary, primaryPreferred, secondary, secondaryPreferred, nearest");
    }

    @Test
    void anEmptyPairIsNoOption() {
        assertThat(new ConnectionString("mongodb://h/?").warnings()).isEmpty();
        assertThat(new ConnectionString("mongodb://h/?&w=1&&journal=true&").warnings())
                .isEmpty();
    }

    @Test
    void eachThingWorthAWarningHasExactlyOne() {
        assertThat(warnings("foo=bar")).containsExactly("Unsupported option \"foo\" is ignored");
        assertThat(warnings("connectTimeoutMS=x"))
                .containsExactly(
                        "Unsupported value \"x\" of option \"connectTimeoutMS\" is ignored: it must be a number"
                                + " of milliseconds, 0 or more");
        assertThat(warnings("maxIdleTimeMS="))
                .containsExactly("Unsupported value \"\" of option \"maxIdleTimeMS\" is ignored: it must be a number of"
                        + " milliseconds, 0 or more");
        assertThat(warnings("retryWrites=1"))
                .containsExactly("Option \"retryWrites\" has the deprecated boolean value \"1\"; write true");
        assertThat(warnings("retryWrites=-1"))
                .containsExactly("Option \"retryWrites\" has the deprecated boolean value \"-1\"; write false");
        assertThat(warnings("replicaSet=a&replicaSet=b"))
                .containsExactly("Option \"replicaSet\" is given more than once; the last valid value counts");
        assertThat(warnings("wtimeout=5"))
                .containsExactly("Deprecated option \"wtimeout\" has been replaced by \"wTimeoutMS\"");
        assertThat(warnings("j=true")).containsExactly("Deprecated option \"j\" has been replaced by \"journal\"");
        assertThat(warnings("wtimeout=5&wtimeoutMS=10"))
                .containsExactly(
                        "Deprecated option \"wtimeout\" is ignored because its replacement \"wTimeoutMS\" is there too");
        assertThat(warnings("w=1;journal=true"))
                .containsExactly("Options are separated by ';', which is deprecated; use '&'");
        assertThat(warnings("compressors=zlib,lz4"))
                .containsExactly("Option \"compressors\" names the unsupported compressor \"lz4\", which is ignored");
        assertThat(warnings("serverSelectionTryOnce=false"))
                .containsExactly("Option \"serverSelectionTryOnce\" is ignored: it is for single-threaded drivers");
        assertThat(warnings("proxyPassword="))
                .containsExactly(
                        "Unsupported value of option \"proxyPassword\" is ignored: it must be a text that is not empty");
        assertThat(warnings("authMechanism=MONGODB-CR"))
                .containsExactly(
                        "Unsupported value \"MONGODB-CR\" of option \"authMechanism\" is ignored: it must be one"
                                + " of GSSAPI, MONGODB-AWS, MONGODB-OIDC, MONGODB-X509, PLAIN, SCRAM-SHA-1, SCRAM-SHA-256");
    }

    @Test
    void theLastValidValueOfARepeatedOptionCounts() {
        ConnectionString uri = new ConnectionString("mongodb://h/?maxPoolSize=5&maxPoolSize=6&maxPoolSize=x");
        assertThat(uri.maxPoolSize()).isEqualTo(6);
        assertThat(uri.warnings()).hasSize(2);
    }

    @Test
    void valuesOutOfTheirRangeAreIgnored() {
        for (String option : List.of(
                "connectTimeoutMS=-1",
                "connectTimeoutMS=2147483648",
                "connectTimeoutMS=99999999999999999999",
                "connectTimeoutMS=1.5",
                "connectTimeoutMS=+1",
                "connectTimeoutMS=\u0661",
                "heartbeatFrequencyMS=499",
                "serverSelectionTimeoutMS=0",
                "waitQueueTimeoutMS=0",
                "maxConnecting=0",
                "maxPoolSize=-1",
                "minPoolSize=-1",
                "maxStalenessSeconds=89",
                "maxStalenessSeconds=0",
                "proxyPort=65536",
                "zlibCompressionLevel=-2",
                "maxAdaptiveRetries=-1",
                "w=2147483648",
                "w=99999999999999999999",
                "w=",
                "wTimeoutMS=-1",
                "replicaSet=",
                "appName=",
                "appName=" + "x".repeat(129),
                "appName=" + "\u00fc".repeat(65),
                "loops=-1",
                "loops=1025",
                "transport=",
                "serverMonitoringMode=STREAM",
                "uuidRepresentation=java",
                "readPreferenceTags=dc",
                "readPreferenceTags=:ny",
                "readPreferenceTags=dc:ny,dc:la")) {
            ConnectionString uri = new ConnectionString("mongodb://h/?" + option);
            assertThat(uri.warnings()).as(option).hasSize(1);
            assertThat(uri).as(option).hasToString("mongodb://h:27017/");
        }
    }

    @Test
    void aNegativeNumberOfMembersIsRefused() {
        assertThatThrownBy(() -> new ConnectionString("mongodb://h/?w=-1"))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("w must not be negative");
    }

    @Test
    void srvServiceNamesFollowTheirRule() {
        for (String name : List.of("a", "customname", "my-service-1", "x".repeat(62))) {
            assertThat(new ConnectionString("mongodb+srv://a.b.c/?srvServiceName=" + name).srvServiceName())
                    .isEqualTo(name);
        }
        for (String name : List.of("-a", "a-", "a--b", "123", "a_b", "a.b", "x".repeat(63), "")) {
            ConnectionString uri = new ConnectionString("mongodb+srv://a.b.c/?srvServiceName=" + name);
            assertThat(uri.srvServiceName()).as(name).isNull();
            assertThat(uri.warnings()).as(name).hasSize(1);
        }
    }

    @Test
    void toStringShowsEverythingButSecrets() {
        assertThat(new ConnectionString("mongodb://alice:secret@h:1,[::1]/db?TLS=true&proxyHost=p&proxyUsername=alice"
                        + "&proxyPassword=secret&maxStalenessSeconds=90&readPreference=nearest&timeoutMS=5"))
                .hasToString("mongodb://***@h:1,[::1]:27017/db?maxStalenessSeconds=90&proxyHost=p&proxyPassword=***"
                        + "&proxyUsername=***&readPreference=nearest&timeoutMS=5&tls=true");
    }
}
