package dev.rotor.driver.codec;

import java.io.Serial;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/** No codec, or one that cannot do what is asked of it. */
final class LocatedConfigurationException extends CodecConfigurationException implements Located {

    @Serial
    private static final long serialVersionUID = 1;

    private final FieldPath field = new FieldPath();
    private final String what;
    private final @Nullable String hint;

    LocatedConfigurationException(String what, @Nullable String hint, @Nullable Throwable cause) {
        super(what, cause);
        this.what = what;
        this.hint = hint;
    }

    @Override
    public FieldPath field() {
        return field;
    }

    @Override
    public String getMessage() {
        return field.describe(what, hint);
    }
}
