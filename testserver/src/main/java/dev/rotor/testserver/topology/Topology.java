package dev.rotor.testserver.topology;

import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.Waiting;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The state of all members: who runs, who is cut off, who is primary. An isolated member is alone: it reaches no other
 * member. Elections are decided at once; what takes time in a real replica set is the election time-out before.
 */
public final class Topology {

    private final DeploymentKind kind;
    private final Duration electionTimeout;
    private final ScheduledExecutorService timers;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Slot[] slots;
    private long term;

    /** All members are down at first. */
    public Topology(
            DeploymentKind kind,
            int members,
            Duration electionTimeout,
            ScheduledExecutorService timers,
            LongSupplier nanoTime) {
        this.kind = kind;
        this.electionTimeout = electionTimeout;
        this.timers = timers;
        this.nanoTime = nanoTime;
        slots = new Slot[members];
        for (int i = 0; i < members; i++) {
            slots[i] = new Slot();
        }
    }

    /** A member as its peers see it; guarded by the lock. */
    private static final class Slot {
        private boolean running;
        private boolean isolated;
        private boolean fetches = true;
        private MemberRole role = MemberRole.RECOVERING;
        private ObjectId processId = new ObjectId();
        private long counter;
        private long term;
        private int primary = -1;
        private long frozenUntil;
        private boolean frozen;
    }

    /** The process of the member has started. */
    public void started(int member) {
        lock.lock();
        try {
            Slot slot = slots[member];
            slot.running = true;
            slot.processId = new ObjectId();
            slot.counter = 0;
            slot.frozen = false;
            slot.fetches = true;
            slot.primary = slot.isolated ? -1 : currentPrimary();
            slot.term = term;
            slot.role = switch (kind) {
                case STANDALONE -> MemberRole.STANDALONE;
                case SHARDED, LOAD_BALANCED -> MemberRole.MONGOS;
                case REPLICA_SET -> MemberRole.SECONDARY;
            };
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The process of the member has ended; the others elect another primary after the election time-out. */
    public void stopped(int member) {
        lock.lock();
        try {
            Slot slot = slots[member];
            slot.running = false;
            boolean wasPrimary = slot.role == MemberRole.PRIMARY;
            slot.role = MemberRole.RECOVERING;
            changed.signalAll();
            if (wasPrimary) {
                electLater(electionTimeout);
            } else {
                // A primary that lost its majority notices after the time-out, too.
                later(electionTimeout, this::abdicateWithoutMajority);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the member off from all others, or ends that. */
    public void isolate(int member, boolean isolated) {
        lock.lock();
        try {
            Slot slot = slots[member];
            if (slot.isolated == isolated) {
                return;
            }
            slot.isolated = isolated;
            if (isolated) {
                later(electionTimeout, () -> leftAlone(member));
                later(electionTimeout, this::abdicateWithoutMajority);
                electLater(electionTimeout);
            } else {
                int primary = currentPrimary();
                if (slot.role == MemberRole.PRIMARY && primary != member) {
                    slot.role = MemberRole.SECONDARY;
                }
                learn(slot, primary);
                electLater(electionTimeout);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leftAlone(int member) {
        Slot slot = slots[member];
        if (slot.isolated && slot.running && slots.length > 1) {
            if (slot.role == MemberRole.PRIMARY) {
                slot.role = MemberRole.SECONDARY;
            }
            learn(slot, -1);
        }
    }

    private void abdicateWithoutMajority() {
        int primary = currentPrimary();
        if (primary >= 0 && !hasMajority()) {
            slots[primary].role = MemberRole.SECONDARY;
            tellAll(-1);
        }
    }

    /**
     * The primary becomes a secondary and does not stand for election for a while. Another member is elected at once,
     * if one can be.
     */
    public void stepDown(int member, Duration period) {
        lock.lock();
        try {
            Slot slot = slots[member];
            if (slot.role != MemberRole.PRIMARY) {
                return;
            }
            slot.role = MemberRole.SECONDARY;
            freezeSlot(slot, period);
            tellAll(-1);
            elect();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another member could take over at once. */
    public boolean hasElectableOther(int member) {
        lock.lock();
        try {
            for (int i = 0; i < slots.length; i++) {
                if (i != member && isElectable(slots[i])) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The member does not stand for election within the period; zero ends that. */
    public void freeze(int member, Duration period) {
        lock.lock();
        try {
            freezeSlot(slots[member], period);
            if (period.isZero()) {
                elect();
            }
        } finally {
            lock.unlock();
        }
    }

    private void freezeSlot(Slot slot, Duration period) {
        slot.frozen = !period.isZero();
        slot.frozenUntil = nanoTime.getAsLong() + period.toNanos();
        if (slot.frozen) {
            electLater(period);
        }
    }

    /** Elects a primary now, if there is none and a majority is there. */
    public void electNow() {
        lock.lock();
        try {
            elect();
        } finally {
            lock.unlock();
        }
    }

    /** That member stands for election and wins, if a majority is there; it is primary afterwards if so. */
    public void stepUp(int member) {
        lock.lock();
        try {
            Slot slot = slots[member];
            if (slot.role == MemberRole.PRIMARY || !isReachable(slot) || !hasMajority()) {
                return;
            }
            int primary = currentPrimary();
            if (primary >= 0) {
                slots[primary].role = MemberRole.SECONDARY;
            }
            win(member);
        } finally {
            lock.unlock();
        }
    }

    private void elect() {
        if (kind != DeploymentKind.REPLICA_SET || currentPrimary() >= 0 || !hasMajority()) {
            return;
        }
        for (int i = 0; i < slots.length; i++) {
            if (isElectable(slots[i])) {
                win(i);
                return;
            }
        }
    }

    private void win(int member) {
        term++;
        slots[member].role = MemberRole.PRIMARY;
        slots[member].frozen = false;
        tellAll(member);
    }

    private void electLater(Duration delay) {
        later(delay, () -> {
            elect();
            if (currentPrimary() < 0) {
                forgetPrimary();
            }
        });
    }

    private void later(Duration delay, Runnable decision) {
        try {
            // A millisecond more: a freeze that ends at that instant must be over.
            timers.schedule(
                    () -> {
                        lock.lock();
                        try {
                            decision.run();
                        } finally {
                            lock.unlock();
                        }
                    },
                    delay.toNanos() + TimeUnit.MILLISECONDS.toNanos(1),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The deployment is being closed: nobody is elected any more.
        }
    }

    private void forgetPrimary() {
        for (Slot each : slots) {
            if (isReachable(each) && each.primary >= 0) {
                learn(each, -1);
            }
        }
    }

    private boolean isReachable(Slot slot) {
        return slot.running && (!slot.isolated || slots.length == 1);
    }

    private boolean isElectable(Slot slot) {
        if (slot.frozen && slot.frozenUntil - nanoTime.getAsLong() <= 0) {
            slot.frozen = false;
        }
        return isReachable(slot) && slot.role == MemberRole.SECONDARY && !slot.frozen;
    }

    private boolean hasMajority() {
        return reachableMembers() > slots.length / 2;
    }

    private int reachableMembers() {
        int count = 0;
        for (Slot each : slots) {
            if (isReachable(each)) {
                count++;
            }
        }
        return count;
    }

    /** The primary of the members that are together, or -1. */
    private int currentPrimary() {
        for (int i = 0; i < slots.length; i++) {
            if (isReachable(slots[i]) && slots[i].role == MemberRole.PRIMARY) {
                return i;
            }
        }
        return -1;
    }

    private void tellAll(int primary) {
        for (Slot each : slots) {
            if (isReachable(each)) {
                learn(each, primary);
            }
        }
        changed.signalAll();
    }

    private void learn(Slot slot, int primary) {
        slot.primary = primary;
        slot.term = term;
        slot.counter++;
        changed.signalAll();
    }

    /** What the member knows now. */
    public MemberView view(int member) {
        lock.lock();
        try {
            return viewOf(slots[member]);
        } finally {
            lock.unlock();
        }
    }

    private static MemberView viewOf(Slot slot) {
        return new MemberView(slot.role, slot.processId, slot.counter, slot.primary, slot.term);
    }

    /** Waits until the member's counter is another one, or the time is over: an awaitable hello. */
    public MemberView awaitChange(int member, long counter, long nanos, Waiting waiting) {
        lock.lock();
        try {
            long rest = nanos;
            while (slots[member].counter == counter && rest > 0) {
                rest = waiting.await(lock, changed, rest);
            }
            return viewOf(slots[member]);
        } finally {
            lock.unlock();
        }
    }

    /** Number of members that a write of this member reaches, itself included. */
    public int replicatedTo(int member) {
        lock.lock();
        try {
            return slots[member].isolated ? 1 : Math.max(1, reachableMembers() - membersBehind(member));
        } finally {
            lock.unlock();
        }
    }

    private int membersBehind(int primary) {
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            if (i != primary && isReachable(slots[i]) && !slots[i].fetches) {
                count++;
            }
        }
        return count;
    }

    /** Whether the member, as a secondary, fetches what the primary writes: if not, it acknowledges nothing. */
    public void fetches(int member, boolean fetches) {
        lock.lock();
        try {
            slots[member].fetches = fetches;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the member is a primary that is cut off and has not noticed: what it writes will be lost. */
    public boolean isStalePrimary(int member) {
        lock.lock();
        try {
            Slot slot = slots[member];
            return slot.isolated && slot.role == MemberRole.PRIMARY && slots.length > 1;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds or the time is over; false in that case. Asked again after every change. */
    public boolean await(BooleanSupplier condition, long nanos, Waiting waiting) {
        lock.lock();
        try {
            long rest = nanos;
            while (!condition.getAsBoolean()) {
                if (rest <= 0) {
                    return false;
                }
                rest = waiting.await(lock, changed, rest);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
