package dev.rotor.driver;

import dev.rotor.driver.model.geojson.GeoJsonCodecProvider;
import java.util.List;
import org.bson.codecs.BsonCodecProvider;
import org.bson.codecs.BsonValueCodecProvider;
import org.bson.codecs.CollectionCodecProvider;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.EnumCodecProvider;
import org.bson.codecs.IterableCodecProvider;
import org.bson.codecs.JsonObjectCodecProvider;
import org.bson.codecs.MapCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.jsr310.Jsr310CodecProvider;
import org.bson.codecs.record.RecordCodecProvider;

/** The codecs that every client has. */
final class DefaultCodecs {

    private DefaultCodecs() {}

    /**
     * Asked in this order: the frequent and exact types first, those that match by kind (iterables, enums, records)
     * last.
     */
    static CodecRegistry registry() {
        return CodecRegistries.fromProviders(List.of(
                new ValueCodecProvider(),
                new BsonValueCodecProvider(),
                new DocumentCodecProvider(),
                new CollectionCodecProvider(),
                new IterableCodecProvider(),
                new MapCodecProvider(),
                new Jsr310CodecProvider(),
                new JsonObjectCodecProvider(),
                new GeoJsonCodecProvider(),
                new DbRefCodecProvider(),
                new BsonCodecProvider(),
                new EnumCodecProvider(),
                new RecordCodecProvider()));
    }
}
