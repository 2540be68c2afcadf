package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.server.ServerTls;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A transport and what encrypts on it. Written {@code netty} with the JDK's engine, {@code netty+openssl} with
 * OpenSSL's and {@code netty+plain} without TLS.
 *
 * @param transport the transport's name
 * @param engine what encrypts
 */
record TlsRow(String transport, Engine engine) {

    /** What encrypts. */
    enum Engine {
        /** The JDK. */
        JDK("JDK"),
        /** OpenSSL, by way of netty-tcnative. */
        OPENSSL("OpenSSL"),
        /** Nothing does. */
        PLAIN("no TLS");

        /** For people. */
        final String description;

        Engine(String description) {
            this.description = description;
        }
    }

    static TlsRow parse(String text) {
        int plus = text.indexOf('+');
        return plus < 0
                ? new TlsRow(text, Engine.JDK)
                : new TlsRow(
                        text.substring(0, plus),
                        Engine.valueOf(text.substring(plus + 1).toUpperCase(Locale.ROOT)));
    }

    /** How it is written. */
    String name() {
        return engine == Engine.JDK
                ? transport
                : transport + "+" + engine.name().toLowerCase(Locale.ROOT);
    }

    boolean encrypted() {
        return engine != Engine.PLAIN;
    }

    /** What has to run on this machine for this row, as {@link TransportList} calls it. */
    List<String> needs() {
        return engine == Engine.OPENSSL ? List.of(transport, TransportList.OPENSSL) : List.of(transport);
    }

    /** The driver's name and options; a wire for each findOne at a time. */
    String driver() throws IOException {
        String options = "rotor:" + transport + "&maxPoolSize=64";
        return encrypted() ? options + "&tls=true&tlsCAFile=" + certificate() : options;
    }

    private static String certificate() throws IOException {
        String file = ServerTls.certificate().toString();
        return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** OpenSSL is on the class path of every row. */
    List<String> jvmOptions() {
        return engine == Engine.JDK ? List.of("-Dio.netty.handler.ssl.noOpenSsl=true") : List.of();
    }
}
