package dev.rotor.testserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages byte by byte. The document {ping: 1} is 0F000000 10 70696E6700 01000000 00. */
class MessageReaderTest {

    private static final String PING = "0F000000 10 70696E6700 01000000 00";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Message read(String hex) throws IOException {
        return MessageReader.read(new ByteArrayInputStream(bytes(hex)));
    }

    private static OpMsg readMsg(String hex) throws IOException {
        return (OpMsg) read(hex);
    }

    @Test
    void aBodyIsRead() throws IOException {
        OpMsg message = readMsg("24000000 07000000 00000000 DD070000 00000000 00" + PING);
        assertThat(message).isEqualTo(new OpMsg(7, false, false, false, new Document("ping", 1), Packing.NONE));
    }

    @Test
    void flagsAreRead() throws IOException {
        OpMsg message = readMsg("24000000 07000000 00000000 DD070000 02000100 00" + PING);
        assertThat(message.moreToCome()).isTrue();
        assertThat(message.exhaustAllowed()).isTrue();
    }

    @Test
    void optionalFlagsThatNobodyKnowsArePassedOver() throws IOException {
        assertThat(readMsg("24000000 07000000 00000000 DD070000 00008000 00" + PING)
                        .body())
                .isEqualTo(new Document("ping", 1));
    }

    @Test
    void aDocumentSequenceBeforeTheBodyBecomesAList() throws IOException {
        OpMsg message = readMsg(
                "35000000 07000000 00000000 DD070000 00000000 01 10000000 6400 05000000 00 05000000 00 00" + PING);
        assertThat(message.body())
                .isEqualTo(new Document("ping", 1).append("d", List.of(new Document(), new Document())));
        assertThat(message.body().keySet()).containsExactly("ping", "d");
    }

    @Test
    void theChecksumIsCrc32cOfAllBytesBeforeIt() throws IOException {
        String message = "28000000 07000000 00000000 DD070000 01000000 00" + PING;
        int crc = Crc32c.of(bytes(message), bytes(message).length);
        String checksum = String.format("%08x", Integer.reverseBytes(crc));
        assertThat(readMsg(message + checksum).checksum()).isTrue();
        assertThatThrownBy(() -> read(message + "00000000"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void crc32cIsTheCastagnoliOne() {
        assertThat(Crc32c.of(bytes("313233343536373839"), 9)).isEqualTo(0xE3069283);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0F000000 07000000 00000000 DD070000",
                "FFFFFFFF 07000000 00000000 DD070000",
                "FFFFFF7F 07000000 00000000 DD070000",
                "00000080 07000000 00000000 DD070000",
                // No section, no body, two bodies, an unknown section, an empty command.
                "14000000 07000000 00000000 DD070000 00000000",
                "1B000000 07000000 00000000 DD070000 00000000 01 06000000 6400",
                "34000000 07000000 00000000 DD070000 00000000 00" + PING + "00" + PING,
                "15000000 07000000 00000000 DD070000 00000000 02",
                "1A000000 07000000 00000000 DD070000 00000000 00 05000000 00",
                // An unknown required flag.
                "24000000 07000000 00000000 DD070000 04000000 00" + PING,
                // OP_COMPRESSED: without its header, of an unknown compressor, of lengths that lie, of nothing.
                "10000000 07000000 00000000 DC070000",
                "1A000000 07000000 00000000 DC070000 DD070000 01000000 09 00",
                "1A000000 07000000 00000000 DC070000 DD070000 FFFFFF7F 02 00",
                "1A000000 07000000 00000000 DC070000 DD070000 FFFFFFFF 02 00",
                "1A000000 07000000 00000000 DC070000 DD070000 05000000 00 00",
                "19000000 07000000 00000000 DC070000 DD070000 05000000 01",
                "19000000 07000000 00000000 DC070000 DD070000 05000000 02",
                "19000000 07000000 00000000 DC070000 DD070000 05000000 03",
                // OP_INSERT is gone.
                "10000000 07000000 00000000 D2070000",
                // Sequences: a length that lies, a name without end, a field that is there twice.
                "29000000 07000000 00000000 DD070000 00000000 01 FFFFFF7F 00" + PING,
                "29000000 07000000 00000000 DD070000 00000000 01 05000000 61" + PING,
                "2E000000 07000000 00000000 DD070000 00000000 01 09000000 70696E6700 00" + PING
            })
    void hostileMessagesAreRefused(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(WireException.class);
    }

    @Test
    void anEndWithinAMessageIsNoMessage() {
        assertThatThrownBy(() -> read("24000000 07000000")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("24000000 07000000 00000000 DD070000 00")).isInstanceOf(EOFException.class);
    }

    @Test
    void aQueryOfAnOldHandshakeIsRead() throws IOException {
        OpQuery query = (OpQuery)
                read("36000000 07000000 00000000 D4070000 00000000 61646D696E2E24636D6400 00000000 FFFFFFFF" + PING);
        assertThat(query).isEqualTo(new OpQuery(7, "admin.$cmd", new Document("ping", 1), Packing.NONE));
        assertThat(query.isCommand()).isTrue();
        assertThat(query.database()).isEqualTo("admin");
    }

    @Test
    void aReplyIsWritten() {
        assertThat(Replies.opMsg(9, 7, false, false, new Document("ping", 1)))
                .isEqualTo(bytes("24000000 09000000 07000000 DD070000 00000000 00" + PING));
        assertThat(Replies.opMsg(9, 7, true, false, new Document("ping", 1)))
                .isEqualTo(bytes("24000000 09000000 07000000 DD070000 02000000 00" + PING));
        assertThat(Replies.opReply(9, 7, false, new Document("ping", 1)))
                .isEqualTo(bytes(
                        "33000000 09000000 07000000 01000000 08000000 0000000000000000 00000000 01000000" + PING));
    }

    @Test
    void aReplyWithAChecksumIsReadAgain() throws IOException {
        byte[] reply = Replies.opMsg(9, 7, false, true, new Document("ping", 1));
        assertThat(MessageReader.read(new ByteArrayInputStream(reply)))
                .isEqualTo(new OpMsg(9, false, false, true, new Document("ping", 1), Packing.NONE));
    }
}
