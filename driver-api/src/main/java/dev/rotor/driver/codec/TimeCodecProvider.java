package dev.rotor.driver.codec;

import java.time.Duration;
import java.time.MonthDay;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** The classes of {@code java.time} that are no point on a time line: their ISO text; a year is a number. */
final class TimeCodecProvider implements CodecProvider {

    private static final Map<Class<?>, Codec<?>> CODECS = Map.of(
            Duration.class, new TextCodec<>(Duration.class, Duration::parse),
            Period.class, new TextCodec<>(Period.class, Period::parse),
            YearMonth.class, new TextCodec<>(YearMonth.class, YearMonth::parse),
            MonthDay.class, new TextCodec<>(MonthDay.class, MonthDay::parse),
            ZoneOffset.class, new TextCodec<>(ZoneOffset.class, ZoneOffset::of),
            Year.class, new YearCodec());

    private static final Codec<ZoneId> ZONES = new TextCodec<>(ZoneId.class, ZoneId::of);

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        // A zone that is no offset is of a class that is not public.
        Codec<?> other = ZoneId.class.isAssignableFrom(type) ? ZONES : null;
        return (Codec<T>) CODECS.getOrDefault(type, other);
    }

    private static final class YearCodec implements Codec<Year> {
        @Override
        public void encode(BsonWriter writer, Year value, EncoderContext context) {
            writer.writeInt32(value.getValue());
        }

        @Override
        public Year decode(BsonReader reader, DecoderContext context) {
            return Year.of(reader.readInt32());
        }

        @Override
        public Class<Year> getEncoderClass() {
            return Year.class;
        }
    }
}
