package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How tests give arguments that are refused. */
final class RefusedArguments {

    private RefusedArguments() {}

    static void refused(ThrowingCallable call, String message) {
        Class<?> kind =
                message.endsWith("must not be null") ? NullPointerException.class : IllegalArgumentException.class;
        assertThatThrownBy(call).isExactlyInstanceOf(kind).hasMessage(message);
    }

    /** What callers without null checking pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return null;
    }
}
