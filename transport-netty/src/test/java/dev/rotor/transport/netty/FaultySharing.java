package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.ForwardingListener;
import dev.rotor.driver.transport.ForwardingTransport;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.WireListener;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transport that shares Netty's loops and breaks one promise about it, or none.
 *
 * @param fault the promise to break, or {@code null}
 */
record FaultySharing(@Nullable Fault fault) implements TransportProvider {

    /** How it can go wrong; each with the claim that finds it. */
    enum Fault {
        LOOPS_OF_ITS_OWN("everyLoopIsUsedAndNoThreadIsStarted"),
        LOOP_UNKNOWN("theFrameworksOwnTasksAreOnTheLoop"),
        FRAMES_ELSEWHERE("wiresCarryMessagesOnThem"),
        TIMERS_EARLY("timersFireOnThemNeverEarly"),
        TIMERS_LEFT("theyAreLeftRunningWithNothingOfTheTransportsOnThem"),
        LOOPS_ENDED("twoTransportsShareThem"),
        HELD_BY_LOOPS("aClosedTransportIsForgottenByThem"),
        ENDED_LOOPS_TAKEN("loopsThatHaveEndedAreRefusedInWords"),
        ATTEMPTS_FORGOTTEN("loopsThatEndUnderAnAttemptEndItWithACauseAndTheTransportCloses"),
        HANDSHAKES_FORGOTTEN("loopsThatEndWhileAnotherThreadWorksOnAHandshakeEndTheAttempt"),
        NEVER_CLOSES("loopsThatEndUnderAWireEndItWithACauseAndTheTransportCloses");

        final String claim;

        Fault(String claim) {
            this.claim = claim;
        }
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Transport open(TransportSettings settings) {
        boolean own = fault == Fault.LOOPS_OF_ITS_OWN
                || (fault == Fault.ENDED_LOOPS_TAKEN
                        && settings.foreignLoops() instanceof EventLoopGroup group
                        && group.isShuttingDown());
        TransportSettings taken =
                own ? new TransportSettings(3, settings.threadNamePrefix(), settings.threadFactory(), null) : settings;
        Transport target = new NettyNioProvider().open(taken);
        Sharing sharing = new Sharing(target, settings.foreignLoops() instanceof EventLoopGroup group ? group : null);
        if (fault == Fault.HELD_BY_LOOPS && sharing.group != null) {
            sharing.group.terminationFuture().addListener(ended -> sharing.close(Duration.ZERO));
        }
        return sharing;
    }

    private final class Sharing extends ForwardingTransport {

        final @Nullable EventLoopGroup group;

        Sharing(Transport target, @Nullable EventLoopGroup group) {
            super(target);
            this.group = group;
        }

        @Override
        public String name() {
            return FaultySharing.this.name();
        }

        @Override
        public EventLoop nextLoop() {
            EventLoop next = super.nextLoop();
            boolean timers = fault == Fault.TIMERS_EARLY || fault == Fault.TIMERS_LEFT;
            return timers && group != null ? new Loop(next, group, fault == Fault.TIMERS_EARLY) : next;
        }

        @Override
        public @Nullable EventLoop currentLoop() {
            return fault == Fault.LOOP_UNKNOWN ? null : super.currentLoop();
        }

        @Override
        public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
            return super.connect(loop instanceof Loop faulty ? faulty.target : loop, request, listening(listener));
        }

        private WireListener listening(WireListener listener) {
            if (fault == Fault.ATTEMPTS_FORGOTTEN || fault == Fault.HANDSHAKES_FORGOTTEN) {
                return new Forgotten(listener, group);
            }
            return fault == Fault.FRAMES_ELSEWHERE ? new Elsewhere(listener) : listener;
        }

        @Override
        public CompletionStage<@Nullable Void> close(Duration limit) {
            if (fault == Fault.LOOPS_ENDED && group != null) {
                group.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
            }
            CompletionStage<@Nullable Void> closed = super.close(limit);
            boolean never = fault == Fault.NEVER_CLOSES && group != null && group.isShuttingDown();
            return never ? new CompletableFuture<>() : closed;
        }
    }

    /** Timers go to the framework, past the transport, which therefore cannot drop them; or come at once. */
    private record Loop(EventLoop target, EventLoopGroup group, boolean early) implements EventLoop {

        @Override
        public boolean inLoop() {
            return target.inLoop();
        }

        @Override
        public void execute(Runnable task) {
            target.execute(task);
        }

        @Override
        public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
            if (early) {
                return target.schedule(task, 0, unit);
            }
            var timer = group.next().schedule(task, delay, unit);
            return () -> timer.cancel(false);
        }
    }

    private static final class Elsewhere extends ForwardingListener {

        Elsewhere(WireListener target) {
            super(target);
        }

        @Override
        public void onFrame(byte[] frame) {
            new Thread(() -> super.onFrame(frame)).start();
        }
    }

    /** Hears nothing of the end once the framework ends its loops. */
    private static final class Forgotten extends ForwardingListener {

        private final @Nullable EventLoopGroup group;

        Forgotten(WireListener target, @Nullable EventLoopGroup group) {
            super(target);
            this.group = group;
        }

        @Override
        public void onClosed(@Nullable Throwable cause) {
            if (group == null || !group.isShuttingDown()) {
                super.onClosed(cause);
            }
        }
    }
}
