package dev.rotor.driver.core.client;

import dev.rotor.driver.core.services.Services;
import dev.rotor.driver.core.services.Services.Broken;
import dev.rotor.driver.transport.TransportProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transports there are.
 *
 * @param candidates those that can be asked for, the preferred ones first
 * @param broken those that cannot be loaded, or do not tell their name
 * @param unlisted those of the project whose classes are there while no service file or module names them
 */
record TransportsFound(List<TransportCandidate> candidates, List<Broken> broken, List<KnownTransports.Known> unlisted) {

    /** Looks for them where the caller's class loader and the driver's own see them. */
    static TransportsFound look() {
        Services.Found<TransportProvider> found = Services.find(TransportProvider.class);
        TransportsFound asked = of(found.providers(), found.broken());
        // What is broken is named somewhere, and the failure does not always say what it was.
        return asked.broken.isEmpty()
                ? new TransportsFound(
                        asked.candidates,
                        asked.broken,
                        unlisted(found.providers(), Services.loaders(TransportProvider.class)))
                : asked;
    }

    /** Asks each for its name and preference, and puts them into their order. */
    static TransportsFound of(List<TransportProvider> providers, List<Broken> notLoaded) {
        List<TransportCandidate> candidates = new ArrayList<>();
        List<Broken> broken = new ArrayList<>(notLoaded);
        for (TransportProvider provider : providers) {
            String silent = provider.getClass().getName() + " does not tell its name";
            try {
                String name = TransportWish.normal(provider.name());
                if (name == null) {
                    broken.add(new Broken(silent, new IllegalStateException(silent)));
                } else {
                    candidates.add(new TransportCandidate(name, provider.preference(), provider));
                }
            } catch (RuntimeException | LinkageError e) {
                broken.add(new Broken(silent + " and preference: " + e, e));
            }
        }
        candidates.sort(TransportCandidate.ORDER);
        return new TransportsFound(List.copyOf(candidates), List.copyOf(broken), List.of());
    }

    private static List<KnownTransports.Known> unlisted(List<TransportProvider> providers, Set<ClassLoader> loaders) {
        Set<String> listed = new HashSet<>();
        for (TransportProvider provider : providers) {
            listed.add(provider.getClass().getName());
        }
        List<KnownTransports.Known> unlisted = new ArrayList<>();
        for (KnownTransports.Known known : KnownTransports.ALL) {
            if (!listed.contains(known.providerClass()) && isThere(known.providerClass(), loaders)) {
                unlisted.add(known);
            }
        }
        return List.copyOf(unlisted);
    }

    private static boolean isThere(String className, Set<ClassLoader> loaders) {
        String resource = className.replace('.', '/') + ".class";
        for (ClassLoader loader : loaders) {
            if (loader.getResource(resource) != null) {
                return true;
            }
        }
        return false;
    }

    List<TransportCandidate> named(String name) {
        List<TransportCandidate> named = new ArrayList<>();
        for (TransportCandidate candidate : candidates) {
            if (candidate.name().equals(name)) {
                named.add(candidate);
            }
        }
        return named;
    }

    boolean isUnlisted(KnownTransports.@Nullable Known known) {
        return known != null && unlisted.contains(known);
    }

    /** What there is, for the end of a sentence. */
    String summary() {
        return " (found: " + TransportCandidate.names(candidates)
                + (broken.isEmpty() ? "" : "; cannot be loaded: " + brokenOnes()) + ")";
    }

    String brokenOnes() {
        StringBuilder all = new StringBuilder();
        for (Broken one : broken) {
            all.append(all.isEmpty() ? "" : "; ").append(one.why());
        }
        return all.toString();
    }

    @Nullable
    Throwable firstCause() {
        return broken.isEmpty() ? null : broken.get(0).cause();
    }
}
