package dev.rotor.testserver.command;

import dev.rotor.testserver.net.Admission;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The rate limiter for new connections of 8.2, with its four parameters {@code ingressConnectionEstablishment...}: so
 * many connections a second, after a burst; some wait for their turn, and those for whom the queue is too long are
 * closed.
 */
final class IngressLimiter implements Admission {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Parameters parameters;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private double tokens;
    private long refilledAt;
    private boolean running;
    private int queued;

    IngressLimiter(Parameters parameters, LongSupplier nanoTime) {
        this.parameters = parameters;
        this.nanoTime = nanoTime;
    }

    @Override
    public long admit() {
        lock.lock();
        try {
            if (!parameters.isOn("ingressConnectionEstablishmentRateLimiterEnabled")) {
                running = false;
                return 0;
            }
            double rate = Math.max(1, parameters.number("ingressConnectionEstablishmentRatePerSec"));
            refill(rate);
            if (tokens >= 1) {
                tokens--;
                return 0;
            }
            if (queued >= parameters.number("ingressConnectionEstablishmentMaxQueueDepth")) {
                return REFUSED;
            }
            queued++;
            tokens--;
            return (long) (-tokens / rate * SECOND);
        } finally {
            lock.unlock();
        }
    }

    private void refill(double rate) {
        long now = nanoTime.getAsLong();
        double most = rate
                * Math.max(
                        1 / rate,
                        parameters.get("ingressConnectionEstablishmentBurstCapacitySecs") instanceof Number burst
                                ? burst.doubleValue()
                                : 1);
        tokens = running ? Math.min(most, tokens + (now - refilledAt) / SECOND * rate) : most;
        refilledAt = now;
        running = true;
    }

    @Override
    public void waited() {
        lock.lock();
        try {
            queued--;
        } finally {
            lock.unlock();
        }
    }
}
