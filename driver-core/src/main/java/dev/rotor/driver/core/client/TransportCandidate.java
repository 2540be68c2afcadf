package dev.rotor.driver.core.client;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that can be asked for without fear: what it says of itself has been said.
 *
 * @param name its name, in lower case
 * @param preference how much it wants to be the default
 * @param provider the provider
 */
record TransportCandidate(String name, int preference, TransportProvider provider) {

    /**
     * The preferred ones first, then by name, so that the choice is the same in every run: the order in which modules
     * are found is not. Those of one class name, of two class loaders, keep their order.
     */
    static final Comparator<TransportCandidate> ORDER = Comparator.comparingInt(TransportCandidate::preference)
            .reversed()
            .thenComparing(TransportCandidate::name)
            .thenComparing(TransportCandidate::className);

    String className() {
        return provider.getClass().getName();
    }

    /** Asks the provider, which may load native code to answer; what it throws is an answer too. */
    Availability availability() {
        try {
            Availability answer = provider.availability();
            return answer == null ? unknown("it gave no answer", null) : answer;
        } catch (RuntimeException | LinkageError e) {
            return unknown(e.toString(), e);
        }
    }

    private Availability unknown(String why, @Nullable Throwable cause) {
        return Availability.no("whether " + className() + " can run could not be told: " + why, cause);
    }

    static String names(List<TransportCandidate> candidates) {
        StringBuilder names = new StringBuilder();
        for (TransportCandidate candidate : candidates) {
            names.append(names.isEmpty() ? "" : ", ").append(candidate.name());
        }
        return names.isEmpty() ? "none" : names.toString();
    }
}
