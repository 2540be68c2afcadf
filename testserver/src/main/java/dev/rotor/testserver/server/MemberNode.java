package dev.rotor.testserver.server;

import dev.rotor.testserver.ConnectionFaults;
import dev.rotor.testserver.Member;
import dev.rotor.testserver.command.ClientHandler;
import dev.rotor.testserver.command.Cluster;
import dev.rotor.testserver.command.MemberControl;
import dev.rotor.testserver.command.ServerProcess;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.net.Connections;
import dev.rotor.testserver.net.FaultState;
import dev.rotor.testserver.net.Listener;
import dev.rotor.testserver.tls.ServerTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A member over its starts and ends. */
final class MemberNode implements Member, MemberControl {

    private static final Duration DEFAULT_STEP_DOWN = Duration.ofSeconds(1);

    /** Commands that cannot be interrupted have so long to end and to be answered. */
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final int number;
    private final int port;
    private final ExecutorService threads;
    private final @Nullable ServerTls tls;
    private final FaultState faults;
    /** One start or end at a time. */
    private final ReentrantLock lifecycle = new ReentrantLock();

    private volatile @Nullable Run run;

    /** The present process with its sockets. */
    private record Run(ServerProcess process, Connections connections, Listener listener) {}

    MemberNode(Cluster cluster, int number, int port, ExecutorService threads, @Nullable ServerTls tls) {
        this.cluster = cluster;
        this.number = number;
        this.port = port;
        this.threads = threads;
        this.tls = tls;
        this.faults = new FaultState(() -> closeConnections(false));
    }

    private void closeConnections(boolean reset) {
        Run present = run;
        if (present != null) {
            present.connections().closeAll(reset);
        }
    }

    void start() {
        ServerProcess process = new ServerProcess(cluster, number, this);
        Connections connections = new Connections(
                faults, tls, threads, process.admission(), connection -> new ClientHandler(process, connection));
        process.connections(connections);
        Listener listener = Listener.at(port, threads, socket -> connections.accept(socket, false));
        run = new Run(process, connections, listener);
        cluster.topology().started(number);
    }

    /** Takes a connection that came over a load balancer. */
    void acceptBalanced(Socket socket) {
        Run present = run;
        if (present == null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            present.connections().accept(socket, true);
        }
    }

    /** How long a transaction may be open, or null if the member does not run. */
    @Nullable
    Duration transactionLifetimeLimit() {
        Run present = run;
        return present == null ? null : present.process().transactionLifetimeLimit();
    }

    @Override
    public String address() {
        return cluster.addresses().get(number);
    }

    @Override
    public MemberRole role() {
        return cluster.topology().view(number).role();
    }

    @Override
    public boolean isRunning() {
        return run != null;
    }

    @Override
    public int connections() {
        Run present = run;
        return present == null ? 0 : present.connections().count();
    }

    @Override
    public void kill() {
        end(true);
    }

    @Override
    public void shutdown() {
        Run present = run;
        if (present != null) {
            if (role() == MemberRole.PRIMARY && cluster.topology().hasElectableOther(number)) {
                stepDown(present, Duration.ofMinutes(1));
            }
            present.process().interrupt(false, atShutdown());
            try {
                present.process().awaitIdle(LONGEST_SHUTDOWN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        end(false);
    }

    private static CommandError atShutdown() {
        return new CommandError(ErrorCode.INTERRUPTED_AT_SHUTDOWN, "interrupted at shutdown");
    }

    private void end(boolean crash) {
        lifecycle.lock();
        try {
            Run ending = run;
            if (ending == null) {
                return;
            }
            run = null;
            ending.listener().close();
            ending.connections().refuseNew();
            CommandError why = atShutdown();
            ending.connections().closeAll(crash);
            ending.process().writeGate().whileEmpty(() -> ending.process().interrupt(false, why), () -> {
                boolean wasPrimary = role() == MemberRole.PRIMARY;
                cluster.topology().stopped(number);
                if (wasPrimary) {
                    cluster.engine().primaryLeft();
                }
            });
            ending.process().interrupt(false, why);
            ending.connections().awaitEnd();
            cluster.engine().memberStopped(number);
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public void restart() {
        lifecycle.lock();
        try {
            if (run == null) {
                start();
                cluster.topology().electNow();
            }
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public void stepDown() {
        stepDown(DEFAULT_STEP_DOWN);
    }

    @Override
    public void stepDown(Duration period) {
        Run present = run;
        if (present == null || role() != MemberRole.PRIMARY) {
            throw new IllegalStateException("member " + number + " is not primary but " + role());
        }
        stepDown(present, period);
    }

    private void stepDown(Run present, Duration period) {
        CommandError why =
                new CommandError(ErrorCode.INTERRUPTED_DUE_TO_REPL_STATE_CHANGE, "operation was interrupted");
        present.process().writeGate().whileEmpty(() -> present.process().interrupt(true, why), () -> {
            cluster.engine().primaryLeft();
            cluster.topology().stepDown(number, period);
        });
    }

    @Override
    public void stepUp() {
        if (role() == MemberRole.PRIMARY) {
            return;
        }
        cluster.engine().primaryLeft();
        cluster.topology().stepUp(number);
    }

    @Override
    public void shutdownSoon() {
        // Not by the thread of the command: it would wait for its own end.
        threads.execute(this::shutdown);
    }

    @Override
    public void freeze(Duration period) {
        cluster.topology().freeze(number, period);
    }

    @Override
    public void partition() {
        cluster.topology().isolate(number, true);
    }

    @Override
    public void heal() {
        cluster.topology().isolate(number, false);
    }

    @Override
    public ConnectionFaults faults() {
        return faults;
    }
}
