package dev.rotor.benchmarks.jmh;

import dev.rotor.benchmarks.AsyncSubject;
import dev.rotor.benchmarks.Chain;
import dev.rotor.benchmarks.Operation;
import dev.rotor.benchmarks.ServerProcess;
import dev.rotor.benchmarks.Subject;
import dev.rotor.benchmarks.Subjects;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every operation in every mode against the canned server. The driver is a parameter and must be the one whose jars are
 * on the class path, see {@code docs/benchmarks.md}; a driver that can only block has no chained benchmarks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DriverBenchmark {

    /** Enough for the caller's one wait per invocation not to show. */
    private static final int CHAIN = 3200;

    private static final int CONCURRENCY = 32;

    /** Which driver. */
    @Param("rotor")
    public String driver = "rotor";

    /** What to do. */
    @Param
    public Operation operation = Operation.PING;

    private ServerProcess server;
    private Subject subject;

    /** JMH creates the state. */
    @SuppressWarnings("NullAway.Init") // server and subject are set up by JMH before anything uses them.
    public DriverBenchmark() {}

    /**
     * Starts the server and the driver.
     *
     * @throws IOException if the server cannot be started
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        server = ServerProcess.start();
        subject = Subjects.open(driver, server.uri());
    }

    /** Ends both. */
    @TearDown(Level.Trial)
    public void close() {
        subject.close();
        server.close();
    }

    /** One after the other, the caller parked. */
    @Benchmark
    public Object join() {
        return subject.call(operation);
    }

    /** One after the other, chained on completion. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void chained() {
        Chain.run(asynchronous(), operation, CHAIN, 1);
    }

    /** 32 at a time, callers parked. */
    @Benchmark
    @Threads(CONCURRENCY)
    public Object threads() {
        return subject.call(operation);
    }

    /** 32 at a time, chained on completion. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void chains() {
        Chain.run(asynchronous(), operation, CHAIN, CONCURRENCY);
    }

    private AsyncSubject asynchronous() {
        if (subject instanceof AsyncSubject async) {
            return async;
        }
        // JMH tears nothing down after a failure, and would wait for ever for the server's end.
        close();
        throw new UnsupportedOperationException(driver + " can only block");
    }
}
