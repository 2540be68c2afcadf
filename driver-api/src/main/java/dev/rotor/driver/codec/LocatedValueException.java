package dev.rotor.driver.codec;

import java.io.Serial;
import org.bson.BsonInvalidOperationException;
import org.jspecify.annotations.Nullable;

/** A value that does not fit: of another BSON type than the class wants, or outside of what the class can hold. */
final class LocatedValueException extends BsonInvalidOperationException implements Located {

    @Serial
    private static final long serialVersionUID = 1;

    private final FieldPath field = new FieldPath();
    private final String what;

    LocatedValueException(String what, @Nullable Throwable cause) {
        super(what, cause);
        this.what = what;
    }

    @Override
    public FieldPath field() {
        return field;
    }

    @Override
    public String getMessage() {
        return field.describe(what, null);
    }
}
