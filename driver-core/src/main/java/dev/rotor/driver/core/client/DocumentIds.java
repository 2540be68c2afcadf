package dev.rotor.driver.core.client;

import org.bson.BsonValue;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectibleCodec;
import org.jspecify.annotations.Nullable;

/** The {@code _id} of documents that are about to be inserted. */
final class DocumentIds {

    private DocumentIds() {}

    /** A document and its id. */
    record Identified<T>(T document, @Nullable BsonValue id) {}

    /**
     * Gives the document an id where it has none and its codec can; of other codecs the id is known when the document
     * has been written.
     */
    static <T> Identified<T> identify(T document, Codec<T> codec) {
        if (codec instanceof CollectibleCodec<T> collectible) {
            T identified = collectible.generateIdIfAbsentFromDocument(document);
            return new Identified<>(identified, collectible.getDocumentId(identified));
        }
        return new Identified<>(document, null);
    }
}
