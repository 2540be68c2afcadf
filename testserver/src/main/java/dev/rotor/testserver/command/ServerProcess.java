package dev.rotor.testserver.command;

import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.failpoint.FailPoints;
import dev.rotor.testserver.net.Admission;
import dev.rotor.testserver.net.Connections;
import dev.rotor.testserver.topology.MemberView;
import dev.rotor.testserver.topology.WriteGate;
import dev.rotor.testserver.wire.Compression;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One run of a member, from start to end: what does not survive a restart. */
public final class ServerProcess {

    private final Cluster cluster;
    private final int member;
    private final MemberControl control;
    private final Parameters parameters;
    private final FailPoints failPoints = new FailPoints();
    private final WriteGate writeGate = new WriteGate();
    private final Set<Invocation> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock idleLock = new ReentrantLock();
    private final Condition idle = idleLock.newCondition();
    private volatile boolean draining;
    private final AtomicInteger requestIds = new AtomicInteger();
    private final Instant startedAt;
    private final CompressionCounters compressionCounters = new CompressionCounters();
    private volatile @Nullable Connections connections;

    public ServerProcess(Cluster cluster, int member, MemberControl control) {
        this.cluster = cluster;
        this.member = member;
        this.control = control;
        this.parameters = new Parameters(cluster.version(), cluster.auth(), cluster.parameters());
        this.startedAt = cluster.clock().instant();
    }

    Cluster cluster() {
        return cluster;
    }

    int member() {
        return member;
    }

    String address() {
        return cluster.addresses().get(member);
    }

    ServerVersion version() {
        return cluster.version();
    }

    MemberControl control() {
        return control;
    }

    Parameters parameters() {
        return parameters;
    }

    CompressionCounters compressionCounters() {
        return compressionCounters;
    }

    /** What it was started with; {@code disabled} names none. */
    List<Compression> compressions() {
        List<String> names = List.of(
                String.valueOf(parameters.get("networkMessageCompressors")).split(","));
        return Arrays.stream(Compression.values())
                .filter(each -> names.contains(each.wireName()))
                .toList();
    }

    /** How long a transaction may be open. */
    public Duration transactionLifetimeLimit() {
        return Duration.ofSeconds(parameters.number("transactionLifetimeLimitSeconds"));
    }

    FailPoints failPoints() {
        return failPoints;
    }

    /** Lets writes in while the member is primary. */
    public WriteGate writeGate() {
        return writeGate;
    }

    MemberView view() {
        return cluster.topology().view(member);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Decides which new connections are served. */
    public Admission admission() {
        return new IngressLimiter(parameters, System::nanoTime);
    }

    /** Tells where connections are counted. */
    public void connections(Connections counted) {
        connections = counted;
    }

    int connectionCount() {
        Connections counted = connections;
        return counted == null ? 0 : counted.count();
    }

    long connectionsCreated() {
        Connections counted = connections;
        return counted == null ? 0 : counted.created();
    }

    int nextRequestId() {
        return requestIds.incrementAndGet();
    }

    void begin(Invocation invocation) {
        running.add(invocation);
    }

    /** The command has ended, and its reply is sent. */
    void end(Invocation invocation) {
        running.remove(invocation);
        if (draining) {
            idleLock.lock();
            try {
                idle.signalAll();
            } finally {
                idleLock.unlock();
            }
        }
    }

    /** Waits until no command runs any more, or the time is over. */
    public void awaitIdle(Duration longest) throws InterruptedException {
        draining = true;
        idleLock.lock();
        try {
            long rest = longest.toNanos();
            while (!running.isEmpty() && rest > 0) {
                rest = idle.awaitNanos(rest);
            }
        } finally {
            idleLock.unlock();
        }
    }

    Set<Invocation> running() {
        return running;
    }

    /** Ends the commands that wait, or will wait, with that error. */
    public void interrupt(boolean writesOnly, CommandError why) {
        interruptIf(each -> !writesOnly || each.isWriting(), why);
    }

    void interruptIf(Predicate<Invocation> which, CommandError why) {
        for (Invocation each : running) {
            if (which.test(each)) {
                each.interruption().interrupt(why);
            }
        }
    }
}
