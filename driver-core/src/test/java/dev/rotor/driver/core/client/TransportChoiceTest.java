package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.services.Services.Broken;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which transport is chosen, and what is said where none is. */
class TransportChoiceTest {

    private static final String PREFERRED = "the available transport of highest preference";

    private static final String KNOWN = "nio (dev.rotor:rotor-transport-nio), netty and kqueue"
            + " (dev.rotor:rotor-transport-netty), epoll (dev.rotor:rotor-transport-netty-epoll) and io_uring"
            + " (dev.rotor:rotor-transport-iouring)";

    private static final Broken BROKEN =
            new Broken("Provider com.acme.Bad not found", new ClassNotFoundException("com.acme.Bad"));

    /** Whose availability has been asked, in this order. */
    private final List<String> asked = new ArrayList<>();

    private class Fake implements TransportProvider {
        private final String name;
        private final int preference;
        private final Supplier<Availability> availability;

        Fake(String name, int preference, Supplier<Availability> availability) {
            this.name = name;
            this.preference = preference;
            this.availability = availability;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int preference() {
            return preference;
        }

        @Override
        public Availability availability() {
            asked.add(name);
            return availability.get();
        }

        @Override
        public Transport open(TransportSettings settings) {
            return new FakeTransport();
        }
    }

    /** Of the same name as others, by a class of another name. */
    private final class Impostor extends Fake {
        Impostor(String name, int preference, Supplier<Availability> availability) {
            super(name, preference, availability);
        }
    }

    private TransportProvider can(String name, int preference) {
        return new Fake(name, preference, Availability::yes);
    }

    private TransportProvider cannot(String name, int preference, String reason) {
        return new Fake(name, preference, () -> Availability.no(reason, new UnsatisfiedLinkError(reason)));
    }

    private final TransportProvider nio = can("nio", 0);
    private final TransportProvider netty = can("netty", 10);
    private final TransportProvider epoll = can("epoll", 100);
    private final TransportProvider ioUring = can("io_uring", -1);

    private static TransportsFound found(TransportProvider... providers) {
        return TransportsFound.of(List.of(providers), List.of());
    }

    private static TransportChoice choose(
            TransportsFound found, @Nullable String fromSettings, @Nullable String fromProperty) {
        return TransportChoice.choose(TransportWish.of(fromSettings, fromProperty), found);
    }

    private static MongoConfigurationException refusal(
            TransportsFound found, @Nullable String fromSettings, @Nullable String fromProperty) {
        MongoConfigurationException refusal = catchThrowableOfType(
                MongoConfigurationException.class, () -> choose(found, fromSettings, fromProperty));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static TransportsFound unlisted(TransportsFound found, String... names) {
        return new TransportsFound(
                found.candidates(),
                found.broken(),
                KnownTransports.ALL.stream()
                        .filter(known -> Arrays.asList(names).contains(known.name()))
                        .toList());
    }

    // --- the default

    @Test
    void theDefaultIsThePreferredOneWhicheverOrderTheyAreFoundIn() {
        List<TransportProvider> all = new ArrayList<>(List.of(nio, ioUring, epoll, netty));
        for (int i = 0; i < all.size(); i++) {
            Collections.rotate(all, 1);
            TransportChoice choice = choose(TransportsFound.of(all, List.of()), null, null);

            assertThat(choice).isEqualTo(new TransportChoice(epoll, new TransportInfo("epoll", PREFERRED), List.of()));
        }
        assertThat(asked).as("nobody else need load native code").containsOnly("epoll");
    }

    @Test
    void ofEqualPreferenceTheFirstByNameIsTaken() {
        assertThat(choose(found(can("b", 5), can("a", 5), nio), null, null).info())
                .isEqualTo(new TransportInfo("a", PREFERRED));
    }

    @Test
    void preferredOnesThatCannotRunArePassedOverWithTheirReasons() {
        TransportChoice choice = choose(
                found(nio, cannot("epoll", 100, "it runs on Linux alone"), cannot("kqueue", 90, "no native library")),
                null,
                null);

        assertThat(choice.provider()).isSameAs(nio);
        assertThat(choice.info())
                .isEqualTo(new TransportInfo(
                        "nio",
                        PREFERRED + "; passed over: epoll (it runs on Linux alone), kqueue (no native library)"));
        assertThat(choice.warnings()).isEmpty();
    }

    @Test
    void oneWhoseAnswerIsAnErrorIsPassedOver() {
        TransportProvider odd = new Fake("odd", 7, () -> {
            throw new IllegalStateException("boom");
        });
        TransportProvider unlinked = new Fake("unlinked", 6, () -> {
            throw new NoClassDefFoundError("io/netty/channel/Channel");
        });

        assertThat(choose(found(odd, unlinked, nio), null, null).info().reason())
                .isEqualTo(PREFERRED + "; passed over: odd (whether " + Fake.class.getName()
                        + " can run could not be told: java.lang.IllegalStateException: boom), unlinked (whether "
                        + Fake.class.getName()
                        + " can run could not be told: java.lang.NoClassDefFoundError: io/netty/channel/Channel)");
    }

    @Test
    @SuppressWarnings("NullAway") // the mistake under test
    void oneThatGivesNoAnswerIsPassedOver() {
        assertThat(choose(found(new Fake("mute", 7, () -> null), nio), null, null)
                        .info()
                        .reason())
                .isEqualTo(PREFERRED + "; passed over: mute (whether " + Fake.class.getName()
                        + " can run could not be told: it gave no answer)");
    }

    @Test
    void withOthersThatCannotBeLoadedTheDefaultIsTakenAndAWarningSaysSo() {
        TransportChoice choice = choose(TransportsFound.of(List.of(nio), List.of(BROKEN)), null, null);

        assertThat(choice.provider()).isSameAs(nio);
        assertThat(choice.warnings())
                .containsExactly("A transport cannot be loaded, and is not used: Provider com.acme.Bad not found");
    }

    @Test
    void withOthersThatNoServiceFileNamesAWarningSaysSo() {
        TransportChoice choice = choose(unlisted(found(nio), "epoll"), null, null);

        assertThat(choice.provider()).isSameAs(nio);
        assertThat(choice.warnings())
                .containsExactly("Transport \"epoll\" is not used: it is on the class path or module path, but no"
                        + " META-INF/services/dev.rotor.driver.transport.TransportProvider names"
                        + " dev.rotor.transport.epoll.EpollProvider: where jars are merged into one, merge their"
                        + " service files too");
    }

    @Test
    void whereNoneCanRunEachSaysWhy() {
        MongoConfigurationException refusal = refusal(
                found(cannot("epoll", 100, "it runs on Linux alone"), cannot("kqueue", 90, "no native library")),
                null,
                null);

        assertThat(refusal)
                .hasMessage("No transport can run here: epoll (it runs on Linux alone), kqueue (no native library)")
                .hasCauseInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void whereNoneCanRunThoseThatCannotBeLoadedAreToldToo() {
        assertThat(refusal(
                        TransportsFound.of(List.of(cannot("epoll", 100, "it runs on Linux alone")), List.of(BROKEN)),
                        null,
                        null))
                .hasMessage("No transport can run here: epoll (it runs on Linux alone); cannot be loaded: Provider"
                        + " com.acme.Bad not found");
    }

    @Test
    void whereThereIsNoneTheArtifactToAddIsNamed() {
        assertThat(refusal(found(), null, null))
                .hasMessage("There is no transport on the class path or module path: add the artifact"
                        + " dev.rotor:rotor-transport-nio")
                .hasNoCause();
    }

    @Test
    void whereThereIsOnlyOneThatCannotBeLoadedThatIsTheReason() {
        assertThat(refusal(TransportsFound.of(List.of(), List.of(BROKEN)), null, null))
                .hasMessage("No transport can be loaded: Provider com.acme.Bad not found")
                .hasCause(BROKEN.cause());
    }

    @Test
    void whereThereAreOnlySuchAsMustBeNamedThatIsSaid() {
        assertThat(refusal(found(ioUring), null, null))
                .hasMessage("No transport on the class path or module path is used without being named: name one by the"
                        + " transport option, or add the artifact dev.rotor:rotor-transport-nio (found: io_uring)");
        assertThat(asked).isEmpty();
    }

    @Test
    void whereServiceFilesWereLostTheSentenceSaysWhatToMerge() {
        assertThat(refusal(unlisted(found(), "nio", "epoll"), null, null))
                .hasMessage("There is no transport to choose from: \"nio\" is on the class path or module path, but no"
                        + " META-INF/services/dev.rotor.driver.transport.TransportProvider names"
                        + " dev.rotor.transport.nio.NioTransportProvider: where jars are merged into one, merge their"
                        + " service files too");
    }

    // --- by name

    @Test
    void theSettingsGoBeforeTheSystemPropertyWhichGoesBeforeTheDefault() {
        TransportsFound all = found(nio, netty, epoll, ioUring);

        assertThat(choose(all, "io_uring", "netty").info())
                .isEqualTo(new TransportInfo(
                        "io_uring",
                        "named by the transport option, which goes before the system property"
                                + " dev.rotor.transport=netty"));
        assertThat(choose(all, "netty", "netty").info())
                .isEqualTo(new TransportInfo("netty", "named by the transport option"));
        assertThat(choose(all, null, "netty").info())
                .isEqualTo(new TransportInfo("netty", "named by the system property dev.rotor.transport"));
        assertThat(choose(all, null, null).info()).isEqualTo(new TransportInfo("epoll", PREFERRED));
        assertThat(asked).as("only what was named is asked").containsExactly("io_uring", "netty", "netty", "epoll");
    }

    @Test
    void caseAndSpaceDoNotMatter() {
        TransportsFound all = found(can(" Acme ", 3), ioUring);

        assertThat(choose(all, " IO_Uring\t", null).info().name()).isEqualTo("io_uring");
        assertThat(choose(all, "aCME", null).info().name()).isEqualTo("acme");
        assertThat(choose(all, null, "ACME ").info().name()).isEqualTo("acme");
    }

    @Test
    void whatIsBlankNamesNothing() {
        TransportsFound all = found(nio, epoll);

        assertThat(choose(all, "  ", "").info()).isEqualTo(new TransportInfo("epoll", PREFERRED));
        assertThat(choose(all, "", "nio").info())
                .isEqualTo(new TransportInfo("nio", "named by the system property dev.rotor.transport"));
    }

    @Test
    void aNamedOneThatIsNotThereIsRefusedWithItsArtifact() {
        String[][] artifacts = {
            {"nio", "dev.rotor:rotor-transport-nio"},
            {"netty", "dev.rotor:rotor-transport-netty"},
            {"kqueue", "dev.rotor:rotor-transport-netty"},
            {"epoll", "dev.rotor:rotor-transport-netty-epoll"},
            {"io_uring", "dev.rotor:rotor-transport-iouring"}
        };
        for (String[] each : artifacts) {
            assertThat(refusal(found(can("acme", 0), can("other", 7)), each[0], null))
                    .hasMessage("Transport \"" + each[0] + "\" (named by the transport option) is not on the class path"
                            + " or module path: add the artifact " + each[1] + " (found: other, acme)");
        }
        assertThat(refusal(found(), null, "epoll"))
                .hasMessage("Transport \"epoll\" (named by the system property dev.rotor.transport) is not on the class"
                        + " path or module path: add the artifact dev.rotor:rotor-transport-netty-epoll (found: none)");
        assertThat(asked).isEmpty();
    }

    @Test
    void aNamedOneThatIsNotThereMayBeTheOneThatCannotBeLoaded() {
        assertThat(refusal(TransportsFound.of(List.of(nio), List.of(BROKEN)), "epoll", null))
                .hasMessage("Transport \"epoll\" (named by the transport option) is not on the class path or module"
                        + " path: add the artifact dev.rotor:rotor-transport-netty-epoll (found: nio; cannot be loaded:"
                        + " Provider com.acme.Bad not found)")
                .hasCause(BROKEN.cause());
    }

    @Test
    void aNamedOneThatNoServiceFileNamesIsRefusedWithWhatToMerge() {
        assertThat(refusal(unlisted(found(nio), "epoll", "netty"), "epoll", null))
                .hasMessage("Transport \"epoll\" (named by the transport option) is on the class path or module path,"
                        + " but no META-INF/services/dev.rotor.driver.transport.TransportProvider names"
                        + " dev.rotor.transport.epoll.EpollProvider: where jars are merged into one, merge their service"
                        + " files too (found: nio)");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThat(refusal(found(nio), "carrier-pigeon", null))
                .hasMessage("Transport \"carrier-pigeon\" (named by the transport option) is not known: there are "
                        + KNOWN + " (found: nio)");
    }

    @Test
    void anUnknownNameThatIsNearlyAKnownOneIsGuessed() {
        String[][] guesses = {
            {"io-uring", "io_uring"},
            {"iouring", "io_uring"},
            {"uring", "io_uring"},
            {"epol", "epoll"},
            {"netty-epoll", "netty"},
            {"java-nio", "nio"},
            {"acme2", "acme"}
        };
        for (String[] guess : guesses) {
            assertThat(refusal(found(nio, can("acme", 0)), guess[0], null))
                    .hasMessage("Transport \"" + guess[0] + "\" (named by the transport option) is not known (did you"
                            + " mean \"" + guess[1] + "\"?): there are " + KNOWN + " (found: acme, nio)");
        }
        for (String none : List.of("-", "i", "no", "tcp")) {
            assertThat(refusal(found(nio), none, null).getMessage()).doesNotContain("did you mean");
        }
    }

    @Test
    void aNamedOneThatCannotRunIsRefusedWithItsReason() {
        assertThat(refusal(found(nio, cannot("epoll", 100, "the transport epoll runs on Linux alone")), "epoll", null))
                .hasMessage("Transport \"epoll\" (named by the transport option) cannot run here: the transport epoll"
                        + " runs on Linux alone")
                .hasCauseInstanceOf(UnsatisfiedLinkError.class);
    }

    @Test
    void aNamedOneWhoseAnswerIsAnErrorIsRefusedWithIt() {
        TransportProvider unlinked = new Fake("epoll", 6, () -> {
            throw new NoClassDefFoundError("io/netty/channel/Channel");
        });

        assertThat(refusal(found(nio, unlinked), null, "epoll"))
                .hasMessage("Transport \"epoll\" (named by the system property dev.rotor.transport) cannot run here:"
                        + " whether " + Fake.class.getName()
                        + " can run could not be told: java.lang.NoClassDefFoundError: io/netty/channel/Channel")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void whoNamesOneAndGetsItHearsNothingOfOthers() {
        TransportsFound broken = unlisted(TransportsFound.of(List.of(nio, epoll), List.of(BROKEN)), "netty");

        assertThat(choose(broken, "nio", null).warnings()).isEmpty();
    }

    // --- two of one name

    @Test
    void ofTwoOfOneNameThePreferredIsUsedInWhicheverOrderTheyAreFoundAndAWarningSaysSo() {
        TransportProvider other = new Impostor("nio", 1, Availability::yes);
        for (TransportsFound both : List.of(found(nio, other), found(other, nio))) {
            for (String name : Arrays.asList("nio", null)) {
                TransportChoice choice = choose(both, name, null);

                assertThat(choice.provider()).isSameAs(other);
                assertThat(choice.warnings())
                        .containsExactly("More than one transport is named \"nio\": " + Impostor.class.getName()
                                + " is used, " + Fake.class.getName() + " is not");
            }
        }
    }

    @Test
    void ofTwoOfOneNameAndPreferenceTheFirstByClassNameIsUsed() {
        TransportProvider other = new Impostor("nio", 0, Availability::yes);

        assertThat(choose(found(other, nio), null, null).provider()).isSameAs(nio);
        assertThat(choose(found(nio, other), null, null).provider()).isSameAs(nio);
    }

    @Test
    void ofTwoOfOneNameOneThatCanRunIsUsed() {
        TransportProvider sick = new Impostor("nio", 1, () -> Availability.no("not today", null));

        assertThat(choose(found(sick, nio), "nio", null).provider()).isSameAs(nio);
        assertThat(refusal(found(sick, cannot("nio", 0, "never")), "nio", null))
                .hasMessage("Transport \"nio\" (named by the transport option) cannot run here: not today; never");
    }

    @Test
    void ofTwoCopiesInTwoClassLoadersTheFirstIsUsed() {
        TransportProvider copy = can("nio", 0);
        TransportChoice choice = choose(found(copy, nio), null, null);

        assertThat(choice.provider()).isSameAs(copy);
        assertThat(choice.warnings())
                .containsExactly("More than one transport is named \"nio\": " + Fake.class.getName()
                        + " is used, a copy of it in another class loader is not");
    }

    // --- providers that tell nothing of themselves

    @Test
    void providersThatDoNotTellTheirNameHideNoOthers() {
        TransportProvider throwing = new Fake("x", 1, Availability::yes) {
            @Override
            public String name() {
                throw new IllegalStateException("boom");
            }
        };
        TransportProvider unlinked = new Fake("y", 1, Availability::yes) {
            @Override
            public int preference() {
                throw new UnsatisfiedLinkError("no native code");
            }
        };
        TransportsFound found = found(throwing, nio, unlinked, can("  ", 1));

        assertThat(found.candidates()).extracting(TransportCandidate::name).containsExactly("nio");
        assertThat(found.broken())
                .extracting(Broken::why)
                .containsExactly(
                        throwing.getClass().getName()
                                + " does not tell its name and preference: java.lang.IllegalStateException: boom",
                        unlinked.getClass().getName()
                                + " does not tell its name and preference: java.lang.UnsatisfiedLinkError: no native"
                                + " code",
                        Fake.class.getName() + " does not tell its name");
    }

    // --- opening

    private TransportChoice opening(RuntimeException failure) {
        TransportProvider failing = new Fake("io_uring", -1, Availability::yes) {
            @Override
            public Transport open(TransportSettings settings) {
                throw failure;
            }
        };
        return choose(found(failing), "io_uring", null);
    }

    @Test
    void oneThatCannotBeOpenedIsRefusedWithTheReason() {
        IllegalStateException failure = new IllegalStateException("the limit of locked memory is too small");

        assertThatThrownBy(() -> opening(failure).open(TransportSettings.DEFAULT))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Transport \"io_uring\" (named by the transport option) cannot be opened: the limit of"
                        + " locked memory is too small")
                .hasCause(failure);
    }

    @Test
    void oneThatFailsInAWayNobodyForesawIsRefusedToo() {
        assertThatThrownBy(
                        () -> opening(new UnsupportedOperationException("boom")).open(TransportSettings.DEFAULT))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Transport \"io_uring\" (named by the transport option) cannot be opened:"
                        + " java.lang.UnsupportedOperationException: boom");
    }

    @Test
    void settingsThatDoNotFitAreTheCallersMistake() {
        IllegalArgumentException failure = new IllegalArgumentException("these foreign loops do not fit");

        assertThatThrownBy(() -> opening(failure).open(TransportSettings.DEFAULT))
                .isSameAs(failure);
    }
}
