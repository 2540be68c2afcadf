package dev.rotor.driver.model;

import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * A {@link Bson} that can write itself, so that sending it needs no document tree. What the builders of this package
 * return is one.
 */
public interface WritableBson extends Bson {

    /**
     * Writes one whole document, from its start to its end.
     *
     * @param writer where a document is expected
     * @param documentClass the class of the collection's documents
     * @param codecRegistry encodes the user's values
     * @throws org.bson.codecs.configuration.CodecConfigurationException if a value has no codec; the writer is then
     *     left in the middle of the document
     */
    void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry);

    @Override
    default <TDocument> BsonDocument toBsonDocument(Class<TDocument> documentClass, CodecRegistry codecRegistry) {
        BsonDocument document = new BsonDocument();
        try (BsonDocumentWriter writer = new BsonDocumentWriter(document)) {
            writeTo(writer, documentClass, codecRegistry);
        }
        return document;
    }
}
