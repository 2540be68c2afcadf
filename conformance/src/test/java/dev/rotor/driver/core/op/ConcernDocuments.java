package dev.rotor.driver.core.op;

import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.wire.FrameBsonInput;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;

/** What commands say about concerns, as documents. */
public final class ConcernDocuments {

    private ConcernDocuments() {}

    /** The value of {@code writeConcern}; empty where there is none. */
    public static BsonDocument of(WriteConcern concern) {
        return value(scope(ReadConcern.DEFAULT, concern).writeConcernElement());
    }

    /** The value of {@code readConcern}; empty where there is none. */
    public static BsonDocument of(ReadConcern concern) {
        return value(scope(concern, WriteConcern.ACKNOWLEDGED).readConcernElement());
    }

    private static Scope scope(ReadConcern readConcern, WriteConcern writeConcern) {
        return new Scope(
                "test",
                ReadPreference.PRIMARY,
                readConcern,
                writeConcern,
                CodecRegistries.fromCodecs(new BsonDocumentCodec()),
                null);
    }

    /** The value of an encoded element: what follows its type and name. */
    private static BsonDocument value(byte @Nullable [] element) {
        if (element == null) {
            return new BsonDocument();
        }
        int start = 1;
        while (element[start] != 0) {
            start++;
        }
        start++;
        try (BsonBinaryReader reader =
                new BsonBinaryReader(new FrameBsonInput(element, start, element.length - start))) {
            return new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        }
    }
}
