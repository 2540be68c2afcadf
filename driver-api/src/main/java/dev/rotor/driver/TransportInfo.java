package dev.rotor.driver;

import java.util.Objects;

/**
 * Which transport a client runs on, and why that one.
 *
 * @param name the transport's name, for example {@code "epoll"}
 * @param reason why it was chosen, to be read by people, for example {@code "named by the transport option"}; where
 *     preferred ones cannot run here, with their reasons
 */
public record TransportInfo(String name, String reason) {

    public TransportInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
