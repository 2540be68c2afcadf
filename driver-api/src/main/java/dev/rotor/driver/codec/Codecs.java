package dev.rotor.driver.codec;

import dev.rotor.driver.model.geojson.GeoJsonCodecProvider;
import java.util.List;
import org.bson.codecs.BsonCodecProvider;
import org.bson.codecs.BsonValueCodecProvider;
import org.bson.codecs.Codec;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.JsonObjectCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.jsr310.Jsr310CodecProvider;

/**
 * Registries of codecs, in one line each. What the {@linkplain #defaults() defaults} know is told in the description of
 * this package.
 *
 * <pre>{@code
 * MongoClientSettings.builder().codecRegistry(Codecs.with(new CurrencyCodec()))
 * collection.withCodecRegistry(Codecs.withPojos())
 * }</pre>
 */
public final class Codecs {

    /**
     * Asked in this order: the frequent and exact types first, those that match by kind last. A {@code Bson} that is a
     * map or a collection is stored as such; one that is a record is rendered.
     */
    private static final CodecRegistry DEFAULTS = CodecRegistries.fromProviders(List.of(
            new ValueCodecProvider(),
            new BsonValueCodecProvider(),
            new ContainerCodecProvider(),
            // For code with a scope: documents themselves are taken by the one before.
            new DocumentCodecProvider(),
            new Jsr310CodecProvider(),
            new TimeCodecProvider(),
            new JsonObjectCodecProvider(),
            new GeoJsonCodecProvider(),
            new DbRefCodecProvider(),
            new BsonCodecProvider(),
            new KindCodecProvider()));

    private static final CodecRegistry WITH_POJOS =
            CodecRegistries.fromRegistries(DEFAULTS, CodecRegistries.fromProviders(new PlainClasses()));

    private Codecs() {}

    /**
     * The codecs that every client has when it is told nothing else.
     *
     * @return the registry, the same each time
     */
    public static CodecRegistry defaults() {
        return DEFAULTS;
    }

    /**
     * The defaults behind codecs of your own, which are asked first.
     *
     * @param codecs the codecs, each for the class that its {@code getEncoderClass} gives
     * @return a new registry
     */
    public static CodecRegistry with(Codec<?>... codecs) {
        return CodecRegistries.fromRegistries(CodecRegistries.fromCodecs(codecs), DEFAULTS);
    }

    /**
     * The defaults, and after them the BSON library's codecs for plain classes (POJOs): classes with getters and
     * setters or public fields, and a constructor without parameters or one with
     * {@link org.bson.codecs.pojo.annotations.BsonCreator}. Any class of yours is then taken apart when it has no other
     * codec, which is why this has to be asked for; classes of the Java platform are not.
     *
     * <p>For other conventions, register a {@link org.bson.codecs.pojo.PojoCodecProvider} of your own behind the
     * defaults.
     *
     * @return the registry, the same each time
     */
    public static CodecRegistry withPojos() {
        return WITH_POJOS;
    }

    /**
     * Looks a codec up. Like {@link CodecRegistry#get(Class)}, with an error that says what helps.
     *
     * @param registry where
     * @param type the class to be written or read
     * @param <T> the class
     * @return its codec
     * @throws org.bson.codecs.configuration.CodecConfigurationException if there is none, or its codec cannot be made:
     *     the message names the class, and the field of it that has no codec
     */
    public static <T> Codec<T> find(CodecRegistry registry, Class<T> type) {
        return Lookups.find(registry, type);
    }
}
