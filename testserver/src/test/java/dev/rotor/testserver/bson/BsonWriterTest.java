package dev.rotor.testserver.bson;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BsonWriterTest {

    @Test
    void aDocumentThatOutgrowsItsArrayReadsBackTheSame() {
        for (int count = 0; count < 300; count++) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(new Document("_id", i).append("by", "somebody"));
            }
            Document document = new Document("first", "a".repeat(count)).append("values", values);

            assertThat(BsonReader.read(BsonWriter.write(document))).isEqualTo(document);
        }
    }
}
