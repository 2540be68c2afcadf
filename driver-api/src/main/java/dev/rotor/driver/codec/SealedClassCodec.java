package dev.rotor.driver.codec;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.ClassModel;
import org.bson.codecs.pojo.ClassModelBuilder;
import org.bson.codecs.pojo.Convention;
import org.bson.codecs.pojo.Conventions;
import org.bson.codecs.pojo.PojoCodecProvider;
import org.jspecify.annotations.Nullable;

/**
 * A plain class that a sealed hierarchy permits: the BSON library's codec for plain classes, told the hierarchy's
 * discriminator.
 *
 * @param <T> the class
 */
final class SealedClassCodec<T> implements Codec<T>, Discriminating {

    private static final DecoderContext CHECKED =
            DecoderContext.builder().checkedDiscriminator(true).build();

    private final Codec<T> plain;
    private final Discriminators.Tag tag;

    private SealedClassCodec(Codec<T> plain, Discriminators.Tag tag) {
        this.plain = plain;
        this.tag = tag;
    }

    /** The codec of a concrete class that is in a sealed hierarchy. */
    static <T> Codec<T> of(Class<T> type, CodecRegistry registry) {
        List<Discriminators.Tag> tags = Discriminators.of(type);
        if (tags.size() != 1) {
            throw Failures.configuration(type.getName()
                    + " belongs to sealed hierarchies with different discriminators;" + " only a record can");
        }
        Discriminators.Tag tag = tags.get(0);
        List<Convention> conventions = new ArrayList<>(Conventions.DEFAULT_CONVENTIONS);
        // Last, for the hierarchy's key stands above what an annotation on the class says.
        conventions.add(new Convention() {
            @Override
            public void apply(ClassModelBuilder<?> model) {
                model.enableDiscriminator(true).discriminatorKey(tag.key()).discriminator(tag.value());
            }
        });
        ClassModel<T> model = ClassModel.builder(type).conventions(conventions).build();
        @Nullable
        Codec<T> plain = PojoCodecProvider.builder().register(model).build().get(type, registry);
        if (plain == null) {
            throw Failures.noCodec(type, null);
        }
        return new SealedClassCodec<>(plain, tag);
    }

    @Override
    public Class<T> getEncoderClass() {
        return plain.getEncoderClass();
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        plain.encode(writer, value, context);
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        if (!context.hasCheckedDiscriminator()) {
            String value = SealedCodec.discriminator(reader, tag.key());
            if (value != null && !tag.matches(value, getEncoderClass())) {
                throw Failures.at(
                        Failures.value("the document is of class " + Failures.quoted(value) + ", not "
                                + Failures.quoted(tag.value())),
                        tag.key(),
                        getEncoderClass());
            }
        }
        return plain.decode(reader, CHECKED);
    }
}
