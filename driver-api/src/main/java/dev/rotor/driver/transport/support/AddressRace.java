package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which addresses of a request are tried when. The next one is begun when one has failed, and when one has been silent
 * for a while; the earlier attempts go on, and the first to be connected wins. What follows on its socket, the
 * handshakes of a proxy and of TLS, may still fail: then the race goes on with the others.
 *
 * <p>Decides only: whoever owns the sockets asks {@link #expired} and {@link #begin} until they have nothing more to
 * say, then comes back after {@link #waitNanos}, or when a socket has news. Confined to one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305">RFC 8305, Happy Eyeballs Version 2</a>
 */
public final class AddressRace {

    /** No address. */
    public static final int NONE = -1;

    /** How long an address may be silent before the next is begun beside it: the delay that RFC 8305 recommends. */
    public static final long ATTEMPT_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** More would not fit a nano clock. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private enum State {
        WAITING,
        TRYING,
        FAILED
    }

    private final List<SocketAddress> addresses;
    private final State[] states;
    private final long[] begunAt;
    private final ConnectFailures failures;
    private final boolean limited;
    private final long deadline;

    private int trying;
    /** While something is tried: when the next is begun all the same. */
    private long nextAt;

    private int winner = NONE;
    /** When the winner's handshakes must be done, so that the others still have their share of the time. */
    private long winnerEndsAt;

    /**
     * Begins the time of a request.
     *
     * @param request whose addresses are to be tried
     * @param now the time, as {@link System#nanoTime}; so are all others
     */
    public AddressRace(ConnectRequest request, long now) {
        addresses = interleaved(request.addresses());
        states = new State[addresses.size()];
        Arrays.fill(states, State.WAITING);
        begunAt = new long[states.length];
        failures = new ConnectFailures(request);
        limited = !request.timeout().isZero() && request.timeout().compareTo(FOR_EVER) < 0;
        deadline = limited ? now + request.timeout().toNanos() : 0;
    }

    /** The families in turn, that of the first address first, each in its order. */
    static List<SocketAddress> interleaved(List<SocketAddress> addresses) {
        Deque<SocketAddress> same = new ArrayDeque<>();
        Deque<SocketAddress> other = new ArrayDeque<>();
        boolean six = isIpv6(addresses.get(0));
        for (SocketAddress address : addresses) {
            (isIpv6(address) == six ? same : other).add(address);
        }
        if (other.isEmpty()) {
            return addresses;
        }
        List<SocketAddress> turns = new ArrayList<>(addresses.size());
        while (!same.isEmpty() || !other.isEmpty()) {
            if (!same.isEmpty()) {
                turns.add(same.remove());
            }
            if (!other.isEmpty()) {
                turns.add(other.remove());
            }
        }
        return turns;
    }

    private static boolean isIpv6(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address;
    }

    /**
     * How many addresses there are.
     *
     * @return at least 1; indexes are below it
     */
    public int size() {
        return states.length;
    }

    /**
     * An address.
     *
     * @param index which
     * @return the address
     */
    public SocketAddress address(int index) {
        return addresses.get(index);
    }

    /**
     * An attempt that has run out of time. It is to be closed, and told to have {@link #failed}.
     *
     * @param now the time
     * @return its index, or {@link #NONE}
     */
    public int expired(long now) {
        if (!limited) {
            return NONE;
        }
        if (winner != NONE) {
            return now - winnerEndsAt >= 0 ? winner : NONE;
        }
        return now - deadline >= 0 ? first(State.TRYING) : NONE;
    }

    /**
     * An address to begin with now. Whoever asks either tries it or says that it has {@link #failed}.
     *
     * @param now the time
     * @return its index, or {@link #NONE} for now
     */
    public int begin(long now) {
        if (winner != NONE || (trying > 0 && now - nextAt < 0)) {
            return NONE;
        }
        int next = first(State.WAITING);
        if (limited && now - deadline >= 0) {
            for (; next != NONE; next = first(State.WAITING)) {
                states[next] = State.FAILED;
                failures.add(addresses.get(next), new SocketTimeoutException("not tried, the time was up"));
            }
        }
        if (next == NONE) {
            return NONE;
        }
        nextAt = now + ATTEMPT_DELAY_NANOS;
        if (limited) {
            nextAt = now + Math.min(ATTEMPT_DELAY_NANOS, (deadline - now) / count(State.WAITING));
        }
        states[next] = State.TRYING;
        begunAt[next] = now;
        trying++;
        return next;
    }

    /**
     * An attempt has reached its address: the sockets of all others are to be closed.
     *
     * @param index which
     * @param now the time
     */
    public void connected(int index, long now) {
        for (int i = 0; i < states.length; i++) {
            if (i != index && states[i] == State.TRYING) {
                states[i] = State.WAITING;
                trying--;
            }
        }
        winner = index;
        begunAt[index] = now;
        winnerEndsAt = limited ? now + (deadline - now) / failures.left() : 0;
    }

    /**
     * An attempt has come to nothing; the next begins at once.
     *
     * @param index which
     * @param reason why
     * @param now the time
     */
    public void failed(int index, Throwable reason, long now) {
        states[index] = State.FAILED;
        trying--;
        if (winner == index) {
            winner = NONE;
        }
        nextAt = now;
        failures.add(addresses.get(index), reason);
    }

    /**
     * Whether every address has failed.
     *
     * @return {@code true} when {@link #toException} says why
     */
    public boolean isLost() {
        return failures.left() == 0;
    }

    /**
     * Why the race is lost.
     *
     * @return names every address with its reason
     */
    public ConnectFailedException toException() {
        return failures.toException();
    }

    /**
     * How long nothing happens by itself.
     *
     * @param now the time
     * @return until {@link #expired} or {@link #begin} has something to say; {@link Long#MAX_VALUE} for ever
     */
    public long waitNanos(long now) {
        long wait = Long.MAX_VALUE;
        if (limited) {
            wait = Math.max(0, (winner == NONE ? deadline : winnerEndsAt) - now);
        }
        if (winner == NONE && first(State.WAITING) != NONE) {
            wait = Math.min(wait, trying == 0 ? 0 : Math.max(0, nextAt - now));
        }
        return wait;
    }

    /**
     * How long an attempt may take: to connect, or, once it is {@link #connected}, to do what follows.
     *
     * @param index which; begun, and of a request with a timeout
     * @return milliseconds, rounded up
     */
    public long limitMillis(int index) {
        return TimeUnit.NANOSECONDS.toMillis((index == winner ? winnerEndsAt : deadline) - begunAt[index] + 999_999);
    }

    private int first(State state) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == state) {
                return i;
            }
        }
        return NONE;
    }

    private int count(State state) {
        int count = 0;
        for (State each : states) {
            if (each == state) {
                count++;
            }
        }
        return count;
    }
}
