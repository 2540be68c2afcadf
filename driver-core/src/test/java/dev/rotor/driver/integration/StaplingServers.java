package dev.rotor.driver.integration;

import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.ServerTls.ClientCertificates;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Test servers that bring answers of OCSP along. They need a virtual machine of their own: whether the platform's
 * servers do that is decided once in the life of one, by a system property.
 */
final class StaplingServers implements AutoCloseable {

    private static final char[] PASSWORD = "test".toCharArray();

    private final Process process;
    private final List<String> connectionStrings = new ArrayList<>();

    private StaplingServers(Process process) {
        this.process = process;
    }

    /** Starts a server per certificate, with that protocol. */
    static StaplingServers start(Path directory, Map<TestCertificate, String> certificates)
            throws IOException, GeneralSecurityException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djdk.tls.server.enableStatusRequestExtension=true",
                "-cp",
                System.getProperty("java.class.path"),
                StaplingServers.class.getName()));
        for (Map.Entry<TestCertificate, String> each : certificates.entrySet()) {
            command.add(
                    each.getKey().withRoot().writePkcs12(directory, PASSWORD).toString());
            command.add(each.getValue());
        }
        StaplingServers servers = new StaplingServers(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            BufferedReader out = servers.process.inputReader(StandardCharsets.UTF_8);
            for (int i = 0; i < certificates.size(); i++) {
                servers.connectionStrings.add(
                        Objects.requireNonNull(out.readLine(), "the servers' virtual machine has ended"));
            }
            return servers;
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** How to connect with the server of that number. */
    String connectionString(int number) {
        return connectionStrings.get(number);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The other virtual machine: serves until it is ended. */
    public static void main(String[] filesAndProtocols) throws IOException, GeneralSecurityException {
        for (int i = 0; i < filesAndProtocols.length; i += 2) {
            TestServer server = TestServer.standalone()
                    .tls(new ServerTls(
                            context(Path.of(filesAndProtocols[i])),
                            ClientCertificates.NONE,
                            List.of(filesAndProtocols[i + 1])))
                    .start();
            System.out.println(server.connectionString());
        }
        // Ends with the tests, should they end without saying so.
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
