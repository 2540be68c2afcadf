package dev.rotor.transport.netty;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an address did not answer, in the system's words alone. Netty's native channels name the system call and its
 * return value before them, and all channels the address behind them, which is said already.
 */
final class ConnectReasons {

    private static final Pattern NATIVE =
            Pattern.compile("(?:\\w+ )?\\w+(?:\\(\\.\\.\\))? failed(?: with error\\(-?\\d+\\)|): (.+)");

    private ConnectReasons() {}

    static IOException plain(Throwable failure) {
        Throwable original = failure;
        if (failure instanceof ConnectException && failure.getCause() instanceof ConnectException cause) {
            // Netty's, with the address.
            original = cause;
        }
        String words = words(original.getMessage());
        if (original instanceof IOException io && words != null && words.equals(original.getMessage())) {
            return io;
        }
        if (words == null) {
            // Of the native channels for a path that is not there, without a message.
            words = original instanceof FileNotFoundException
                    ? "No such file or directory"
                    : original.getClass().getSimpleName();
        }
        ConnectException plain = new ConnectException(words);
        plain.initCause(failure);
        return plain;
    }

    static @Nullable String words(@Nullable String message) {
        if (message == null) {
            return null;
        }
        Matcher matcher = NATIVE.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }
}
