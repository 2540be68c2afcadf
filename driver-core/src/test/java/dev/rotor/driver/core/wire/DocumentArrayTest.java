package dev.rotor.driver.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.core.fake.FakeMessage;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.RawBsonDocumentCodec;
import org.junit.jupiter.api.Test;

class DocumentArrayTest {

    private static DocumentArray batch(String array) {
        ReplyEnvelope reply = ReplyEnvelope.parse(
                FakeMessage.opMsg(1, 0, BsonDocument.parse("{cursor: {nextBatch: " + array + "}, ok: 1}")));
        return reply.documents(reply.batchOffset());
    }

    @Test
    void documentsAreDecodedOneByOneInTheirOrder() {
        DocumentArray batch = batch("[{a: 1}, {a: 'two', b: [1, {c: 2}]}, {}]");
        List<Document> documents = new ArrayList<>();
        while (batch.advance()) {
            documents.add(batch.decode(new DocumentCodec()));
        }
        assertThat(documents)
                .containsExactly(
                        Document.parse("{a: 1}"), Document.parse("{a: 'two', b: [1, {c: 2}]}"), new Document());
        assertThat(batch.hasMore()).isFalse();
        assertThat(batch.advance()).isFalse();
        assertThat(batch.remainingBytes()).isZero();
    }

    @Test
    void anEmptyArrayHasNothing() {
        DocumentArray batch = batch("[]");
        assertThat(batch.hasMore()).isFalse();
        assertThat(batch.advance()).isFalse();
        assertThatThrownBy(() -> batch.decode(new DocumentCodec())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void documentsMayBeSkippedAndDecodedTwice() {
        DocumentArray batch = batch("[{a: 1}, {a: 2}]");
        assertThat(batch.advance()).isTrue();
        assertThat(batch.advance()).isTrue();
        assertThat(batch.decode(new DocumentCodec())).isEqualTo(Document.parse("{a: 2}"));
        assertThat(batch.decode(new DocumentCodec())).isEqualTo(Document.parse("{a: 2}"));
    }

    @Test
    void rawDocumentsAreViews() {
        DocumentArray batch = batch("[{a: 1}, {a: 2}]");
        List<RawBsonDocument> documents = new ArrayList<>();
        while (batch.advance()) {
            RawBsonDocument raw = batch.decode(new RawBsonDocumentCodec());
            assertThat(raw.getByteOffset()).isEqualTo(batch.documentOffset());
            assertThat(raw.getByteLength()).isEqualTo(batch.documentLength());
            documents.add(raw);
        }
        assertThat(documents.get(0).getBackingArray()).isSameAs(documents.get(1).getBackingArray());
        assertThat(documents.get(1)).isEqualTo(BsonDocument.parse("{a: 2}"));
    }

    @Test
    void aDecoderThatThrowsOrStopsHalfwayHarmsNoOtherDocument() {
        DocumentArray batch = batch("[{a: 1, b: 2}, {a: 3, b: 4}, {a: 5, b: 6}]");
        batch.advance();
        assertThatThrownBy(() -> batch.decode(decoder(reader -> {
                    reader.readStartDocument();
                    throw new IllegalStateException("codec");
                })))
                .hasMessage("codec");
        batch.advance();
        assertThat(batch.decode(decoder(reader -> {
                    reader.readStartDocument();
                    return reader.readInt32("a");
                })))
                .isEqualTo(3);
        batch.advance();
        assertThat(batch.decode(new DocumentCodec())).isEqualTo(Document.parse("{a: 5, b: 6}"));
    }

    @Test
    void anArrayOfOtherThingsThanDocumentsIsMalformed() {
        DocumentArray batch = batch("[{a: 1}, 2]");
        assertThat(batch.advance()).isTrue();
        assertThatThrownBy(batch::advance)
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("where documents were expected");
    }

    private interface Body {
        Integer decode(BsonReader reader);
    }

    private static Decoder<Integer> decoder(Body body) {
        return (BsonReader reader, DecoderContext context) -> body.decode(reader);
    }
}
