package dev.rotor.driver.core.wire;

import java.io.Serial;
import org.bson.BsonSerializationException;

/**
 * Bytes that are not a wire protocol message or not BSON. A kind of what codecs throw on bad BSON, so that whoever
 * decodes has one thing to catch.
 */
public final class MalformedMessageException extends BsonSerializationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong and where, without any of the bytes
     */
    public MalformedMessageException(String message) {
        super(message);
    }
}
