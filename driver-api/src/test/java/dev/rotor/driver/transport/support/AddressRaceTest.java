package dev.rotor.driver.transport.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decisions, at any time one likes. */
class AddressRaceTest {

    private static final long MILLI = 1_000_000;
    private static final SocketAddress A = address("10.0.0.1");
    private static final SocketAddress B = address("10.0.0.2");
    private static final SocketAddress C = address("10.0.0.3");
    private static final SocketAddress X = address("fd00::1");
    private static final SocketAddress Y = address("fd00::2");

    /** Near the place where a nano clock turns negative. */
    private long now = Long.MAX_VALUE - 100 * MILLI;

    private static SocketAddress address(String literal) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), 27017);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private AddressRace race(Duration timeout, SocketAddress... addresses) {
        return new AddressRace(
                new ConnectRequest("db", 27017, List.of(addresses), timeout, TcpOptions.DEFAULT, null, 48_000_000),
                now);
    }

    private AddressRace race(SocketAddress... addresses) {
        return race(Duration.ofSeconds(10), addresses);
    }

    private void pass(long millis) {
        now += millis * MILLI;
    }

    private void refused(AddressRace race, int index) {
        race.failed(index, new ConnectException("Connection refused"), now);
    }

    @Test
    void theFamiliesTakeTurnsAndKeepTheirOrder() {
        assertThat(AddressRace.interleaved(List.of(A, B, C, X, Y))).containsExactly(A, X, B, Y, C);
        assertThat(AddressRace.interleaved(List.of(X, Y, A, B, C))).containsExactly(X, A, Y, B, C);
        assertThat(AddressRace.interleaved(List.of(X, Y))).containsExactly(X, Y);
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere", 1);
        assertThat(AddressRace.interleaved(List.of(A, unresolved, X))).containsExactly(A, X, unresolved);
    }

    @Test
    void theNextIsBegunBesideOneThatIsSilentFor250Milliseconds() {
        AddressRace race = race(A, B, C);
        assertThat(race.begin(now)).isZero();
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.waitNanos(now)).isEqualTo(250 * MILLI);

        pass(249);
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.waitNanos(now)).isEqualTo(MILLI);
        pass(1);
        assertThat(race.begin(now)).isEqualTo(1);
        pass(250);
        assertThat(race.begin(now)).isEqualTo(2);
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.waitNanos(now)).as("until the timeout").isEqualTo(9_500 * MILLI);
        assertThat(race.expired(now)).isEqualTo(AddressRace.NONE);
    }

    @Test
    void theNextIsBegunAtOnceBehindOneThatFails() {
        AddressRace race = race(A, B, C);
        race.begin(now);
        pass(10);
        refused(race, 0);

        assertThat(race.waitNanos(now)).isZero();
        assertThat(race.begin(now)).isEqualTo(1);
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.waitNanos(now)).isEqualTo(250 * MILLI);
    }

    @Test
    void aFailureBesideASilentAttemptBeginsTheNextAtOnceToo() {
        AddressRace race = race(A, B, C);
        race.begin(now);
        pass(250);
        race.begin(now);
        pass(1);
        refused(race, 1);

        assertThat(race.begin(now)).isEqualTo(2);
    }

    @Test
    void aShortTimeoutShortensTheDelaySoThatEachAddressHasItsShare() {
        AddressRace race = race(Duration.ofMillis(300), A, B, C);
        assertThat(race.begin(now)).isZero();
        assertThat(race.waitNanos(now)).isEqualTo(100 * MILLI);
        pass(100);
        assertThat(race.begin(now)).isEqualTo(1);
        pass(100);
        assertThat(race.begin(now)).isEqualTo(2);
        assertThat(race.waitNanos(now)).isEqualTo(100 * MILLI);
    }

    @Test
    void theTimeoutEndsAllThatIsStillTriedAndNamesWhatWasNot() {
        AddressRace race = race(Duration.ofMillis(400), A, B);
        race.begin(now);
        pass(400);

        assertThat(race.expired(now)).isZero();
        race.failed(0, new SocketTimeoutException("no answer within " + race.limitMillis(0) + " ms"), now);
        assertThat(race.expired(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.isLost()).isTrue();
        ConnectFailedException failure = race.toException();
        assertThat(failure)
                .hasMessage("could not connect to db:27017: /10.0.0.1:27017: no answer within 400 ms;"
                        + " /10.0.0.2:27017: not tried, the time was up");
        assertThat(failure.isTimeout()).isTrue();
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void aRaceThatIsWonBeginsNothingMore() {
        AddressRace race = race(A, B, C);
        race.begin(now);
        pass(250);
        race.begin(now);
        race.connected(1, now);

        pass(1_000);
        assertThat(race.begin(now)).isEqualTo(AddressRace.NONE);
        assertThat(race.isLost()).isFalse();
    }

    @Test
    void whoHasWonHasItsShareOfTheTimeForWhatFollows() {
        AddressRace race = race(Duration.ofSeconds(9), A, B, C);
        race.begin(now);
        race.connected(0, now);
        assertThat(race.waitNanos(now)).isEqualTo(3_000 * MILLI);
        assertThat(race.limitMillis(0)).isEqualTo(3_000);

        pass(3_000);
        assertThat(race.expired(now)).isZero();
        race.failed(0, new SocketTimeoutException("the handshake was late"), now);
        assertThat(race.begin(now)).isEqualTo(1);
        race.connected(1, now);
        assertThat(race.waitNanos(now)).isEqualTo(3_000 * MILLI);
    }

    @Test
    void whoWasGivenUpForAWinnerThatFailsLaterIsTriedAgain() {
        AddressRace race = race(A, B);
        race.begin(now);
        pass(250);
        race.begin(now);
        race.connected(1, now);
        refused(race, 1);

        assertThat(race.begin(now)).isZero();
        refused(race, 0);
        assertThat(race.isLost()).isTrue();
        assertThat(race.toException())
                .hasMessage("could not connect to db:27017: /10.0.0.2:27017: Connection refused;"
                        + " /10.0.0.1:27017: Connection refused");
    }

    @Test
    void withoutATimeoutNothingExpires() {
        for (Duration endless : List.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))) {
            AddressRace race = race(endless, A, B);
            race.begin(now);
            assertThat(race.waitNanos(now)).isEqualTo(250 * MILLI);
            pass(250);
            race.begin(now);
            assertThat(race.waitNanos(now)).isEqualTo(Long.MAX_VALUE);
            race.connected(0, now);
            assertThat(race.waitNanos(now)).isEqualTo(Long.MAX_VALUE);
            pass(1_000_000_000);
            assertThat(race.expired(now)).isEqualTo(AddressRace.NONE);
        }
    }

    @Test
    void aRaceAlwaysEndsWhateverHappens() {
        // Every sequence of eight events over three addresses: silence, failure, a win, a failure after it.
        Stream.iterate(0, i -> i + 1).limit(1 << 16).forEach(script -> {
            AddressRace race = race(Duration.ofMillis(700), A, X, B);
            boolean[] open = new boolean[3];
            int steps = 0;
            for (int rest = script; !race.isLost() && steps < 60; rest >>= 2, steps++) {
                for (int late = race.expired(now); late != AddressRace.NONE; late = race.expired(now)) {
                    race.failed(late, new SocketTimeoutException("late"), now);
                    open[late] = false;
                }
                for (int next = race.begin(now); next != AddressRace.NONE; next = race.begin(now)) {
                    assertThat(open[next]).as("begun once").isFalse();
                    open[next] = true;
                }
                if (race.isLost()) {
                    break;
                }
                int one = open[0] ? 0 : open[1] ? 1 : 2;
                assertThat(open[one]).as("something is always tried").isTrue();
                if ((rest & 3) == 1) {
                    refused(race, one);
                    open[one] = false;
                } else if ((rest & 3) == 2 && count(open) > 1) {
                    race.connected(one, now);
                    for (int i = 0; i < open.length; i++) {
                        open[i] = i == one;
                    }
                } else {
                    now += Math.max(race.waitNanos(now), 1);
                }
            }
            assertThat(race.isLost()).as("script " + script).isTrue();
        });
    }

    private static int count(boolean[] open) {
        int count = 0;
        for (boolean each : open) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
