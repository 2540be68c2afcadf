package dev.rotor.testserver.bson;

/** Bytes that are no BSON, or a value that BSON has no type for. */
public final class BsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BsonException(String message) {
        super(message);
    }
}
