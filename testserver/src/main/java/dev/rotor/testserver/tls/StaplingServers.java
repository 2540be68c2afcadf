package dev.rotor.testserver.tls;

import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.tls.ServerTls.ClientCertificates;
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
public final class StaplingServers implements AutoCloseable {

    private static final char[] PASSWORD = "test".toCharArray();

    private final Process process;
    private final List<String> connectionStrings = new ArrayList<>();

    private StaplingServers(Process process) {
        this.process = process;
    }

    /**
     * Starts the servers.
     *
     * @param directory for files with the certificates
     * @param certificates one per server, each with the only protocol of that server, such as {@code "TLSv1.3"}
     * @return the servers, all of them listening
     * @throws IOException if the other virtual machine cannot be started
     * @throws GeneralSecurityException if a certificate cannot be written
     */
    public static StaplingServers start(Path directory, Map<TestCertificate, String> certificates)
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

    /**
     * How to connect with a server.
     *
     * @param number of the server, from 0, in the order of the certificates
     * @return the URI, with {@code tls=true}
     */
    public String connectionString(int number) {
        return connectionStrings.get(number);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /**
     * The other virtual machine: serves until it is ended.
     *
     * @param filesAndProtocols of each server the file with its certificate, and its protocol
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if there is no certificate in one
     */
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
