package dev.rotor.driver.codec;

import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Map;

/** What helps when a class has no codec. */
final class Hints {

    private static final String OWN = "add one with withCodecRegistry(Codecs.with(...))";

    private static final String OFFSET = "BSON keeps no offset or zone beside a time: use an Instant, and a ZoneId in a"
            + " field of its own where the zone matters, or " + OWN;

    private static final Map<Class<?>, String> KNOWN = Map.of(
            OffsetDateTime.class, OFFSET,
            ZonedDateTime.class, OFFSET,
            OffsetTime.class, OFFSET,
            BigInteger.class,
                    "BSON has no integer beyond 64 bits: use a BigDecimal, a Decimal128 or a String, or " + OWN);

    private Hints() {}

    static String forMissing(Class<?> type) {
        String known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        if (PlainClasses.ofPlatform(type)) {
            return java.util.Date.class.isAssignableFrom(type) ? "use an Instant, or " + OWN : OWN;
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return "seal it, so that its classes are told apart by a discriminator, or " + OWN;
        }
        return OWN + ", or take plain classes with withCodecRegistry(Codecs.withPojos())";
    }
}
