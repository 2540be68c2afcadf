package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No user name, password or piece of one gets out of a connection string, whether it parses or not. */
class ConnectionStringSecretsTest {

    private static final String MARKS = "@:/?#[]%&=;, +!\u00fc'\"<>|\\";

    /** Where %U and %P stand for a user name and a password. */
    private static final String[] TEMPLATES = {
        "mongodb://%U:%P@host",
        "mongodb://%U:%P@host/db?w=1&foo=bar",
        "mongodb://%U:%P@host?tls=true",
        "mongodb+srv://%U:%P@cluster.example.com/db",
        "mongodb://%U:%P@host:99999",
        "mongodb://%U:%P@host:abc/",
        "mongodb://%U:%P@ho st/",
        "mongodb://%U:%P@host,,/",
        "mongodb://%U:%P@host/a/b",
        "mongodb://%U:%P@host/?tls",
        "mongodb://%U:%P@host/?replicaSet=%",
        "mongodb://%U:%P@a,b/?directConnection=true",
        "mongodb://%U:%P@host/?authMechanism=MONGODB-X509",
        "mongodb://%U:%P@host/?authMechanism=MONGODB-AWS",
        "mongodb://%U:%P@host/?authMechanism=nonsense",
        "mongodb://%U:%P@host/?authMechanism=PLAIN&authMechanismProperties=A:%P",
        "mongodb://%U:%P@host/?authMechanism=GSSAPI&authMechanismProperties=%P",
        "mongodb://%U:%P@host/?authMechanism=GSSAPI&authMechanismProperties=%P:x",
        "mongodb://%U@host/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:%P",
        "mongodb://%U@host/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:%P",
        "mongodb://host/?authMechanism=MONGODB-AWS&authMechanismProperties=AWS_SESSION_TOKEN:%P",
        "mongodb://host/?proxyHost=p&proxyUsername=%U&proxyPassword=%P",
        "mongodb://host/?proxyUsername=%U&proxyPassword=%P",
        "mongodb://host/?proxyHost=p&proxyPassword=%P&proxyPassword=%P",
        "mongodb://host/?proxyHost=p&proxyUsername=%U",
        "mongodb://host/?tlsCertificateKeyFile=a.pem&tlsCertificateKeyFilePassword=%P",
        "mongodb://host/?password=%P",
        "%U:%P@host",
        "http://%U:%P@host",
    };

    @Test
    void encodedSecretsNeverShow() {
        Random random = new Random(4711);
        int parsed = 0;
        for (int i = 0; i < 60; i++) {
            List<String> user = pieces(random);
            List<String> password = pieces(random);
            for (String template : TEMPLATES) {
                String uri = template.replace("%U", encode(String.join("", user)))
                        .replace("%P", encode(String.join("", password)));
                parsed += check(uri, user, password) ? 1 : 0;
            }
        }
        assertThat(parsed).isGreaterThan(500);
    }

    @Test
    void secretsThatSomebodyForgotToEncodeNeverShowEither() {
        Random random = new Random(4712);
        int refused = 0;
        for (int i = 0; i < 250; i++) {
            List<String> user = List.of(piece(random));
            List<String> password = pieces(random);
            for (String template : TEMPLATES) {
                String uri = template.replace("%U", user.get(0)).replace("%P", String.join("", password));
                refused += check(uri, user, password) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void aPasswordWithoutAHostDoesNotShow() {
        Random random = new Random(4713);
        for (int i = 0; i < 250; i++) {
            List<String> user = List.of(piece(random));
            List<String> password = pieces(random);
            String joined = String.join("", password);
            if (joined.indexOf('@') < 0) { // else what follows it is a host by every rule
                check("mongodb://" + user.get(0) + ":" + joined, user, password);
            }
        }
    }

    /** Whether it parsed. */
    private static boolean check(String uri, List<String> user, List<String> password) {
        List<String> texts = new ArrayList<>();
        boolean parsed = false;
        try {
            ConnectionString connectionString = new ConnectionString(uri);
            parsed = true;
            texts.add(connectionString.toString());
            texts.addAll(connectionString.warnings());
            texts.add(String.valueOf(connectionString.credential()));
            texts.add(String.valueOf(connectionString.proxySettings()));
            texts.add(String.valueOf(connectionString.tlsSettings()));
            texts.add(connectionString.options().toString());
            MongoClientSettings settings = MongoClientSettings.builder()
                    .applyConnectionString(connectionString)
                    .build();
            texts.add(settings.toString());
            texts.addAll(settings.warnings());
        } catch (MongoConfigurationException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            texts.add(trace.toString());
        }
        List<String> secrets = new ArrayList<>(user);
        secrets.addAll(password);
        for (String text : texts) {
            for (String secret : secrets) {
                if (secret.length() > 1) {
                    if (text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT))) {
                        throw new AssertionError(secret + " of " + uri + " shows in " + text);
                    }
                }
            }
        }
        return parsed;
    }

    /** One to four pieces that occur in no message, with marks between them. */
    private static List<String> pieces(Random random) {
        List<String> pieces = new ArrayList<>();
        pieces.add(piece(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            pieces.add(String.valueOf(MARKS.charAt(random.nextInt(MARKS.length()))));
            pieces.add(piece(random));
        }
        return pieces;
    }

    private static String piece(Random random) {
        StringBuilder piece = new StringBuilder("qz");
        for (int i = 0; i < 4; i++) {
            piece.append("qzxjkv789".charAt(random.nextInt(9)));
        }
        return piece.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
