package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.services.Services.Broken;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which transport a client uses: the one that is named, else the available one of highest preference. The choice is a
 * function of the wish and of what was found; a provider is asked whether it can run only when its turn comes, because
 * it may load native code to tell.
 *
 * @param provider the provider
 * @param info its name and why it was chosen
 * @param warnings what else somebody should know
 */
record TransportChoice(TransportProvider provider, TransportInfo info, List<String> warnings) {

    private static final String SERVICE_FILE = "META-INF/services/" + TransportProvider.class.getName();

    private static final String ON_THE_PATH = "on the class path or module path";

    /**
     * Chooses.
     *
     * @param wish which one is wanted
     * @param found what there is
     * @throws MongoConfigurationException if there is none, or the named one is not there or cannot run; the message
     *     says what to do
     */
    static TransportChoice choose(TransportWish wish, TransportsFound found) {
        String name = wish.name();
        return name == null ? preferred(found) : named(name, wish.origin(), found);
    }

    /**
     * Opens a transport of the chosen kind.
     *
     * @throws IllegalArgumentException if the settings do not fit it, such as foreign loops of another kind
     * @throws MongoConfigurationException if it cannot be opened, for example because a limit of the system is reached
     */
    Transport open(TransportSettings settings) {
        try {
            return provider.open(settings);
        } catch (IllegalArgumentException e) {
            // It says which setting.
            throw e;
        } catch (RuntimeException | LinkageError e) {
            String words = e instanceof IllegalStateException ? e.getMessage() : null;
            throw new MongoConfigurationException(
                    quoted(info.name(), info.reason()) + " cannot be opened: " + (words == null ? e : words), e);
        }
    }

    private static TransportChoice named(String name, String origin, TransportsFound found) {
        List<TransportCandidate> candidates = found.named(name);
        if (candidates.isEmpty()) {
            throw new MongoConfigurationException(quoted(name, origin) + missing(name, found), found.firstCause());
        }
        StringBuilder reasons = new StringBuilder();
        Throwable cause = null;
        for (TransportCandidate candidate : candidates) {
            Availability availability = candidate.availability();
            if (availability.available()) {
                return chosen(candidate, origin, found, List.of());
            }
            reasons.append(reasons.isEmpty() ? "" : "; ").append(availability.reason());
            cause = cause == null ? availability.cause() : cause;
        }
        throw new MongoConfigurationException(quoted(name, origin) + " cannot run here: " + reasons, cause);
    }

    private static TransportChoice preferred(TransportsFound found) {
        StringBuilder passedOver = new StringBuilder();
        Throwable cause = null;
        for (TransportCandidate candidate : found.candidates()) {
            if (candidate.preference() < 0) {
                continue;
            }
            Availability availability = candidate.availability();
            if (availability.available()) {
                String reason = "the available transport of highest preference";
                return chosen(
                        candidate,
                        passedOver.isEmpty() ? reason : reason + "; passed over: " + passedOver,
                        found,
                        warnings(found));
            }
            cause = cause == null ? availability.cause() : cause;
            passedOver
                    .append(passedOver.isEmpty() ? "" : ", ")
                    .append(candidate.name())
                    .append(" (")
                    .append(availability.reason())
                    .append(')');
        }
        throw none(found, passedOver.toString(), cause);
    }

    private static TransportChoice chosen(
            TransportCandidate candidate, String reason, TransportsFound found, List<String> warnings) {
        List<String> all = new ArrayList<>(warnings);
        List<TransportCandidate> sameName = new ArrayList<>(found.named(candidate.name()));
        sameName.remove(candidate);
        for (TransportCandidate other : sameName) {
            boolean copy = other.className().equals(candidate.className());
            all.add("More than one transport is named \"" + candidate.name() + "\": " + candidate.className()
                    + " is used, " + (copy ? "a copy of it in another class loader" : other.className()) + " is not");
        }
        return new TransportChoice(candidate.provider(), new TransportInfo(candidate.name(), reason), List.copyOf(all));
    }

    /** Only where nothing was named: who names a transport and gets it need not know of others. */
    private static List<String> warnings(TransportsFound found) {
        List<String> warnings = new ArrayList<>();
        for (Broken broken : found.broken()) {
            warnings.add("A transport cannot be loaded, and is not used: " + broken.why());
        }
        for (KnownTransports.Known known : found.unlisted()) {
            warnings.add("Transport \"" + known.name() + "\" is not used: it" + notListed(known));
        }
        return warnings;
    }

    private static String missing(String name, TransportsFound found) {
        KnownTransports.Known known = KnownTransports.named(name);
        if (known == null) {
            List<String> names = new ArrayList<>();
            for (TransportCandidate candidate : found.candidates()) {
                names.add(candidate.name());
            }
            String guess = KnownTransports.guess(name, names);
            return " is not known" + (guess == null ? "" : " (did you mean \"" + guess + "\"?)") + ": there are "
                    + KnownTransports.WITH_ARTIFACTS + found.summary();
        }
        return found.isUnlisted(known)
                ? notListed(known) + found.summary()
                : " is not " + ON_THE_PATH + ": add the artifact " + known.artifact() + found.summary();
    }

    private static MongoConfigurationException none(
            TransportsFound found, String passedOver, @Nullable Throwable cause) {
        if (!passedOver.isEmpty()) {
            return new MongoConfigurationException(
                    "No transport can run here: " + passedOver
                            + (found.broken().isEmpty() ? "" : "; cannot be loaded: " + found.brokenOnes()),
                    cause == null ? found.firstCause() : cause);
        }
        if (!found.candidates().isEmpty()) {
            return new MongoConfigurationException(
                    "No transport " + ON_THE_PATH + " is used without being named: name one by the transport option, or"
                            + " add the artifact " + KnownTransports.NIO.artifact() + found.summary(),
                    found.firstCause());
        }
        if (!found.broken().isEmpty()) {
            return new MongoConfigurationException(
                    "No transport can be loaded: " + found.brokenOnes(), found.firstCause());
        }
        if (!found.unlisted().isEmpty()) {
            KnownTransports.Known known = found.unlisted().get(0);
            return new MongoConfigurationException(
                    "There is no transport to choose from: \"" + known.name() + "\"" + notListed(known), null);
        }
        return new MongoConfigurationException(
                "There is no transport " + ON_THE_PATH + ": add the artifact " + KnownTransports.NIO.artifact(), null);
    }

    private static String notListed(KnownTransports.Known known) {
        return " is " + ON_THE_PATH + ", but no " + SERVICE_FILE + " names " + known.providerClass()
                + ": where jars are merged into one, merge their service files too";
    }

    private static String quoted(String name, String why) {
        return "Transport \"" + name + "\" (" + why + ")";
    }
}
