package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole driver over a Unix domain socket, which a bridge passes on to a server on TCP. */
class UnixSocketTest {

    @Test
    void aPercentEncodedPathInTheConnectionStringIsConnectedTo(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("rotor.sock");
        try (TestDeployment deployment = TestDeployment.embedded();
                ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            int port =
                    Integer.parseInt(deployment.uri().substring(deployment.uri().lastIndexOf(':') + 1));
            Thread bridge = new Thread(() -> acceptAll(listener, port), "bridge");
            bridge.setDaemon(true);
            bridge.start();

            String host = URLEncoder.encode(path.toString(), StandardCharsets.UTF_8);
            try (MongoClient client = MongoClient.create("mongodb://" + host)) {
                MongoCollection<Document> collection =
                        client.getDatabase("unix").getCollection("things");

                await(collection.insertOne(new Document("_id", 1)));

                assertThat(await(collection.find().first())).isEqualTo(new Document("_id", 1));
                assertThat(client.topologyDescription().servers().keySet())
                        .singleElement()
                        .satisfies(address -> assertThat(address.isUnixSocket()).isTrue());
            }
        }
    }

    private static void acceptAll(ServerSocketChannel listener, int port) {
        try {
            while (listener.isOpen()) {
                SocketChannel local = listener.accept();
                SocketChannel remote =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                pump(local, remote);
                pump(remote, local);
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void pump(ByteChannel from, ByteChannel to) {
        Thread pump = new Thread(
                () -> {
                    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
                    try (from;
                            to) {
                        while (from.read(buffer) >= 0) {
                            buffer.flip();
                            while (buffer.hasRemaining()) {
                                to.write(buffer);
                            }
                            buffer.clear();
                        }
                    } catch (IOException e) {
                        // One end was closed: so are both.
                    }
                },
                "pump");
        pump.setDaemon(true);
        pump.start();
    }
}
