package dev.rotor.conformance.faults;

import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a client's pools give out and take back. */
final class PoolBalance implements ConnectionPoolListener {

    private final AtomicLong checkedOut = new AtomicLong();
    private final AtomicLong checkedIn = new AtomicLong();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        checkedOut.incrementAndGet();
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        checkedIn.incrementAndGet();
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        created.incrementAndGet();
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        closed.incrementAndGet();
    }

    long checkedOut() {
        return checkedOut.get();
    }

    /** Connections that were given out and did not come back. */
    long missing() {
        return checkedOut.get() - checkedIn.get();
    }

    /** Connections that were made and not closed. */
    long open() {
        return created.get() - closed.get();
    }

    long created() {
        return created.get();
    }
}
