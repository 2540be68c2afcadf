package dev.rotor.driver.core.tls;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A conclusive answer of OCSP, RFC 6960 section 4.2.1, with what it takes to tell which of two is to be remembered. It
 * is made of answers that the platform has judged already.
 */
final class OcspAnswer {

    private static final int TIME = 0x18;
    private static final int RESPONSE_BYTES = 0xa0;
    private static final int NEXT_UPDATE = 0xa0;

    private static final DateTimeFormatter GENERALIZED_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMddHHmmss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("XX")
            .toFormatter(Locale.ROOT);

    private final byte[] bytes;
    private final boolean revoked;
    private final Instant producedAt;
    private final Instant nextUpdate;

    private OcspAnswer(byte[] bytes, boolean revoked, Instant producedAt, Instant nextUpdate) {
        this.bytes = bytes;
        this.revoked = revoked;
        this.producedAt = producedAt;
        this.nextUpdate = nextUpdate;
    }

    /**
     * Reads an answer.
     *
     * @param bytes as they came
     * @param status what the platform says that they mean; conclusive
     * @param question to which they are the answer, as {@link Ocsp#question} makes it
     * @throws IllegalArgumentException if they are no answer to the question
     */
    static OcspAnswer of(byte[] bytes, Ocsp.Status status, byte[] question) {
        try {
            Instant producedAt = null;
            for (Der.Element each : responseData(bytes)) {
                if (each.tag() == TIME) {
                    producedAt = time(each);
                }
            }
            Instant nextUpdate = null;
            List<Der.Element> id = certId(question);
            for (Der.Element each : responses(bytes)) {
                List<Der.Element> response = each.children();
                if (isSame(id, response.get(0).children())) {
                    // Of several about one certificate, the platform takes the last.
                    nextUpdate = nextUpdate(response);
                }
            }
            if (producedAt == null || nextUpdate == null) {
                throw new IllegalArgumentException("an answer of OCSP lacks its time, or is about another certificate");
            }
            return new OcspAnswer(bytes, status == Ocsp.Status.REVOKED, producedAt, nextUpdate);
        } catch (IndexOutOfBoundsException | DateTimeException e) {
            throw new IllegalArgumentException("an answer of OCSP is damaged", e);
        }
    }

    /** The answer as it came; not a copy. */
    byte[] bytes() {
        return bytes;
    }

    /** When it was signed. */
    Instant producedAt() {
        return producedAt;
    }

    /** Until when it holds. */
    Instant nextUpdate() {
        return nextUpdate;
    }

    /**
     * Whether this one is remembered instead of another about the same certificate: where it holds for longer, as the
     * OCSP Support specification says. Which of the two was produced later decides besides where one says that the
     * certificate was revoked and the other that it is good: whoever has stolen the key may bring old answers, and the
     * news of a revocation need not hold for long.
     */
    boolean replaces(OcspAnswer known) {
        boolean longer = nextUpdate.isAfter(known.nextUpdate);
        if (revoked == known.revoked) {
            return longer;
        }
        return revoked
                ? longer || !producedAt.isBefore(known.producedAt)
                : longer && producedAt.isAfter(known.producedAt);
    }

    /** What an answer says of single certificates; empty where it says that there is no answer. */
    static List<Der.Element> responses(byte[] bytes) {
        for (Der.Element each : responseData(bytes)) {
            if (each.tag() == Der.SEQUENCE) {
                return each.children();
            }
        }
        return List.of();
    }

    private static List<Der.Element> responseData(byte[] bytes) {
        for (Der.Element part : Der.read(bytes).get(0).children()) {
            if (part.tag() == RESPONSE_BYTES) {
                byte[] basic = part.children().get(0).children().get(1).content();
                return Der.read(basic).get(0).children().get(0).children();
            }
        }
        return List.of();
    }

    /** CertID, certStatus, thisUpdate, and often nextUpdate; without it newer answers are there at any time. */
    private static Instant nextUpdate(List<Der.Element> response) {
        for (Der.Element each : response.subList(3, response.size())) {
            if (each.tag() == NEXT_UPDATE) {
                return time(each.children().get(0));
            }
        }
        return time(response.get(2));
    }

    private static Instant time(Der.Element element) {
        return GENERALIZED_TIME.parse(new String(element.content(), StandardCharsets.US_ASCII), Instant::from);
    }

    private static List<Der.Element> certId(byte[] question) {
        Der.Element list =
                Der.read(question).get(0).children().get(0).children().get(0);
        return list.children().get(0).children().get(0).children();
    }

    /** The hashes of name and key, and the serial number; the algorithm may be written in two ways. */
    private static boolean isSame(List<Der.Element> one, List<Der.Element> other) {
        for (int i = 1; i <= 3; i++) {
            if (!Arrays.equals(one.get(i).content(), other.get(i).content())) {
                return false;
            }
        }
        return true;
    }
}
