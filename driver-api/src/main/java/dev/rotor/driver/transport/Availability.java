package dev.rotor.driver.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a transport, or a compressor, can run on this machine.
 *
 * @param available whether it can
 * @param reason why it cannot, in one sentence for a person; empty when it can
 * @param cause the failure behind the reason, or {@code null}
 */
public record Availability(boolean available, String reason, @Nullable Throwable cause) {

    private static final Availability AVAILABLE = new Availability(true, "", null);

    public Availability {
        Objects.requireNonNull(reason, "reason");
        if (!available && reason.isEmpty()) {
            throw new IllegalArgumentException("what is unavailable must say why");
        }
    }

    /**
     * It can run.
     *
     * @return the shared positive answer
     */
    public static Availability yes() {
        return AVAILABLE;
    }

    /**
     * It cannot run.
     *
     * @param reason why, in one sentence that tells a person what to do
     * @param cause the failure behind it, or {@code null}
     * @return the negative answer
     */
    public static Availability no(String reason, @Nullable Throwable cause) {
        return new Availability(false, reason, cause);
    }
}
