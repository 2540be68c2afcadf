package dev.rotor.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CannedServerTest {

    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;

    private CannedServer server;
    private Socket client;

    private record Message(int responseTo, int opCode, BsonDocument document) {}

    CannedServerTest() throws IOException {
        server = start(new CannedServer.Options(0, 0, false, false, 0));
        client = connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aLegacyHelloIsAnsweredWithOpReply() throws IOException {
        send(opQuery(7, "{ismaster: 1, helloOk: true}"));

        Message reply = receive();
        assertThat(reply.opCode()).isEqualTo(OP_REPLY);
        assertThat(reply.responseTo()).isEqualTo(7);
        assertThat(reply.document())
                .containsAllEntriesOf(BsonDocument.parse(
                        "{helloOk: true, ismaster: true, minWireVersion: 0, maxWireVersion: 25, ok: 1.0}"))
                .doesNotContainKeys("setName", "msg", "topologyVersion");
    }

    @Test
    void helloAndPingAreAnsweredInOrderWhenTheyArriveTogether() throws IOException {
        send(join(opMsg(1, 0, "{hello: 1, $db: 'admin'}"), opMsg(2, 0, "{ping: 1, $db: 'admin'}")));

        Message hello = receive();
        assertThat(hello.opCode()).isEqualTo(OP_MSG);
        assertThat(hello.responseTo()).isEqualTo(1);
        assertThat(hello.document().getBoolean("isWritablePrimary").getValue()).isTrue();
        Message ping = receive();
        assertThat(ping.responseTo()).isEqualTo(2);
        assertThat(ping.document()).isEqualTo(BsonDocument.parse("{ok: 1.0}"));
    }

    @Test
    void findReturnsOneDocumentOfTenFieldsAndNoCursor() throws IOException {
        send(opMsg(3, 0, "{find: 'people', filter: {_id: 1}, limit: 1, singleBatch: true, $db: 'bench'}"));

        BsonDocument cursor = receive().document().getDocument("cursor");
        assertThat(cursor.getInt64("id").getValue()).isZero();
        assertThat(cursor.getString("ns").getValue()).isEqualTo("bench.people");
        assertThat(cursor.getArray("firstBatch")).hasSize(1);
        assertThat(cursor.getArray("firstBatch").get(0).asDocument())
                .hasSize(10)
                .containsAllEntriesOf(BsonDocument.parse("{_id: 1, name: 'Ada Lovelace', active: true, score: 0.875, "
                        + "account: {$oid: '65f1a2b3c4d5e6f708192a3b'}, seen: {$date: '2026-01-01T00:00:00Z'}}"));
    }

    @Test
    void anInsertThatArrivesByteByByteIsAnsweredOnce() throws IOException {
        for (byte part : opMsg(4, 0, "{insert: 'people', documents: [{_id: 1}], $db: 'bench'}")) {
            send(new byte[] {part});
        }
        send(opMsg(5, 0, "{ping: 1, $db: 'admin'}"));

        assertThat(receive()).isEqualTo(new Message(4, OP_MSG, BsonDocument.parse("{n: 1, ok: 1.0}")));
        assertThat(receive().responseTo()).isEqualTo(5);
    }

    @Test
    void aRequestLargerThanTheBufferIsDroppedUpToItsEnd() throws IOException {
        send(opMsg(6, 0, "{insert: 'people', documents: [{text: '" + "x".repeat(1_000_000) + "'}], $db: 'bench'}"));
        send(opMsg(7, 0, "{ping: 1, $db: 'admin'}"));

        assertThat(receive().document().getInt32("n").getValue()).isEqualTo(1);
        assertThat(receive().responseTo()).isEqualTo(7);
    }

    @Test
    void aRequestWithMoreToComeIsNotAnswered() throws IOException {
        send(opMsg(8, 1 << 1, "{insert: 'people', documents: [{_id: 1}], writeConcern: {w: 0}, $db: 'bench'}"));
        send(opMsg(9, 0, "{ping: 1, $db: 'admin'}"));

        assertThat(receive().responseTo()).isEqualTo(9);
    }

    @Test
    void anUnknownCommandIsAnsweredWithCommandNotFound() throws IOException {
        send(opMsg(10, 0, "{pingpong: 1, $db: 'admin'}"));

        assertThat(receive().document())
                .containsAllEntriesOf(BsonDocument.parse("{ok: 0.0, code: 59, codeName: 'CommandNotFound'}"));
    }

    @Test
    void aConnectionThatSendsAnImpossibleLengthIsClosedAndOthersAreServed() throws IOException {
        send(header(8, 11, OP_MSG).array());
        assertThat(client.getInputStream().read()).isEqualTo(-1);

        client.close();
        client = connect();
        send(opMsg(12, 0, "{ping: 1, $db: 'admin'}"));
        assertThat(receive().responseTo()).isEqualTo(12);
    }

    @Test
    void delayedRepliesComeInOrderAndTopologyVersionIsAnOption() throws IOException {
        close();
        server = start(new CannedServer.Options(0, 1, true, false, 0));
        client = connect();
        send(join(opMsg(13, 0, "{hello: 1, $db: 'admin'}"), opMsg(14, 0, "{ping: 1, $db: 'admin'}")));

        Message hello = receive();
        assertThat(hello.responseTo()).isEqualTo(13);
        assertThat(hello.document().getDocument("topologyVersion")).containsKeys("processId", "counter");
        assertThat(receive().responseTo()).isEqualTo(14);
    }

    @Test
    void theBareSocketGetsTheSameDocumentEveryTime() throws IOException {
        send(opMsg(15, 0, "{find: 'people', $db: 'bench'}"));
        int length = Integer.reverseBytes(new DataInputStream(client.getInputStream()).readInt());
        try (BareSocket bare = new BareSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            assertThat(bare.find()).isEqualTo(length);
            assertThat(bare.find()).isEqualTo(length);
        }
    }

    @Test
    void theOfficialDriverIsServed() {
        try (MongoClient mongo = MongoClients.create("mongodb://127.0.0.1:" + server.port())) {
            MongoCollection<Document> people = mongo.getDatabase("bench").getCollection("people");

            assertThat(people.find(Filters.eq("_id", 1)).first()).hasSize(10).containsEntry("name", "Ada Lovelace");
            assertThat(people.insertOne(new Document("_id", 2)).wasAcknowledged())
                    .isTrue();
            assertThat(mongo.getDatabase("admin").runCommand(new Document("ping", 1)))
                    .containsEntry("ok", 1.0);
            assertThatThrownBy(people::countDocuments)
                    .isInstanceOf(MongoCommandException.class)
                    .hasMessageContaining("CommandNotFound");
        }
    }

    @Test
    void largeMessagesGoBothWaysThroughTls13() throws Exception {
        close();
        server = start(new CannedServer.Options(0, 0, false, true, 1 << 20));
        client = connectEncrypted();
        for (int requestId = 16; requestId < 19; requestId++) {
            String text = "x".repeat(200_000 * (requestId - 15));
            send(opMsg(requestId, 0, "{insert: 'people', documents: [{text: '" + text + "'}], $db: 'bench'}"));
            assertThat(receive()).isEqualTo(new Message(requestId, OP_MSG, BsonDocument.parse("{n: 1, ok: 1.0}")));
        }
        send(join(opMsg(20, 0, "{find: 'people', $db: 'bench'}"), opMsg(21, 0, "{ping: 1, $db: 'admin'}")));

        BsonDocument found = receive()
                .document()
                .getDocument("cursor")
                .getArray("firstBatch")
                .get(0)
                .asDocument();
        assertThat(found).hasSize(11);
        assertThat(found.getBinary("payload").getData()).hasSize(1 << 20);
        assertThat(receive().responseTo()).isEqualTo(21);
        assertThat(((SSLSocket) client).getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void aConnectionThatFailsToEncryptIsClosedAndOthersAreServed() throws Exception {
        close();
        server = start(new CannedServer.Options(0, 0, false, true, 0));
        client = connect();
        send(opMsg(22, 0, "{ping: 1, $db: 'admin'}"));
        assertThat(client.getInputStream().read()).isEqualTo(-1);

        client.close();
        client = connectEncrypted();
        send(opMsg(23, 0, "{ping: 1, $db: 'admin'}"));
        assertThat(receive().responseTo()).isEqualTo(23);
    }

    private static CannedServer start(CannedServer.Options options) throws IOException {
        CannedServer server = new CannedServer(options);
        Thread thread = new Thread(server, "canned-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private Socket connectEncrypted() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(ServerTls.certificate())) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private Message receive() throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        int length = Integer.reverseBytes(in.readInt());
        ByteBuffer rest = ByteBuffer.allocate(length - 4).order(ByteOrder.LITTLE_ENDIAN);
        in.readFully(rest.array());
        int opCode = rest.getInt(8);
        rest.position(opCode == OP_REPLY ? 12 + 20 : 12 + 5);
        try (BsonBinaryReader reader = new BsonBinaryReader(rest.slice())) {
            return new Message(
                    rest.getInt(4),
                    opCode,
                    new BsonDocumentCodec()
                            .decode(reader, DecoderContext.builder().build()));
        }
    }

    private static byte[] opMsg(int requestId, int flags, String command) {
        byte[] document = bson(command);
        return header(16 + 5 + document.length, requestId, OP_MSG)
                .putInt(flags)
                .put((byte) 0)
                .put(document)
                .array();
    }

    private static byte[] opQuery(int requestId, String command) {
        byte[] document = bson(command);
        byte[] collection = "admin.$cmd\0".getBytes(StandardCharsets.UTF_8);
        return header(16 + 4 + collection.length + 8 + document.length, requestId, OP_QUERY)
                .putInt(4)
                .put(collection)
                .putInt(0)
                .putInt(-1)
                .put(document)
                .array();
    }

    private static ByteBuffer header(int length, int requestId, int opCode) {
        return ByteBuffer.allocate(Math.max(length, 16))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(requestId)
                .putInt(0)
                .putInt(opCode);
    }

    private static byte[] bson(String json) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            new BsonDocumentCodec()
                    .encode(
                            writer,
                            BsonDocument.parse(json),
                            EncoderContext.builder().build());
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
