package dev.rotor.driver.core.compression;

import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.core.services.Services;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.CompressorProvider;
import dev.rotor.driver.transport.Availability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compressors of a client: those of its settings that there are here. */
public final class Compressors {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.client");

    private static final int MAX_ID = 255;

    private Compressors() {}

    /**
     * Makes the compressors that a client wants. What is not there is left out with a warning.
     *
     * @param wanted preferred first; where it is empty nothing is looked for
     * @return preferred first; to be closed with the client
     */
    public static List<Compressor> open(List<MongoCompressor> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<CompressorProvider> providers = new ArrayList<>(find(warning -> LOG.warn("{}", warning)));
        providers.addAll(ownProviders());
        return choose(wanted, providers, warning -> LOG.warn("{}", warning));
    }

    /** Gives back what compressors hold. */
    public static void close(List<Compressor> compressors) {
        for (Compressor compressor : compressors) {
            try {
                compressor.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("The compressor {} could not be closed", compressor.name(), e);
            }
        }
    }

    /** The driver's own. */
    static List<CompressorProvider> ownProviders() {
        return List.of(new SnappyProvider(), new ZlibProvider(), new ZstdProvider());
    }

    /** Finds those of others that the caller's class loader and the driver's own see. */
    static List<CompressorProvider> find(Consumer<String> warn) {
        Services.Found<CompressorProvider> found = Services.find(CompressorProvider.class);
        for (Services.Broken broken : found.broken()) {
            warn.accept("A compressor cannot be loaded, and is not used: " + broken.why());
        }
        return found.providers();
    }

    /**
     * Chooses and makes.
     *
     * @param wanted preferred first
     * @param providers what there is; of two that can make the same, the first does
     * @param warn hears why something wanted is left out
     * @return preferred first
     */
    static List<Compressor> choose(
            List<MongoCompressor> wanted, List<CompressorProvider> providers, Consumer<String> warn) {
        List<Compressor> chosen = new ArrayList<>();
        for (MongoCompressor each : wanted) {
            if (isThere(chosen, each.name())) {
                continue;
            }
            List<String> reasons = new ArrayList<>();
            Compressor made = make(each, providers, chosen, reasons);
            if (made != null) {
                chosen.add(made);
            } else if (reasons.isEmpty()) {
                warn.accept("Unsupported compressor: '" + each.name() + "'; it is not used");
            } else {
                warn.accept("The compressor '" + each.name() + "' is not used: " + String.join("; ", reasons));
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean isThere(List<Compressor> chosen, String name) {
        for (Compressor compressor : chosen) {
            if (compressor.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Compressor make(
            MongoCompressor wanted, List<CompressorProvider> providers, List<Compressor> before, List<String> reasons) {
        for (CompressorProvider provider : providers) {
            if (!provider.name().equals(wanted.name())) {
                continue;
            }
            String reason;
            try {
                Availability availability = provider.availability();
                if (availability.available()) {
                    Compressor made = provider.create(wanted.level());
                    reason = unfit(made, wanted.name(), before);
                    if (reason == null) {
                        return made;
                    }
                    made.close();
                } else {
                    reason = availability.reason();
                }
            } catch (RuntimeException | LinkageError e) {
                // Compression is nothing that a client cannot be without, and the code may be anybody's.
                reason = e.toString();
            }
            reasons.add(reason);
        }
        return null;
    }

    /** Why a compressor cannot be told apart from others in a message, or {@code null}. */
    private static @Nullable String unfit(Compressor made, String name, List<Compressor> before) {
        String who = made.getClass().getName();
        if (!made.name().equals(name)) {
            return who + " calls itself '" + made.name() + "'";
        }
        if (made.id() < 1 || made.id() > MAX_ID) {
            return who + " has the id " + made.id() + ", which is not one of 1 to " + MAX_ID;
        }
        for (Compressor other : before) {
            if (other.id() == made.id()) {
                return who + " has the id " + made.id() + ", which is that of '" + other.name() + "'";
            }
        }
        return null;
    }
}
