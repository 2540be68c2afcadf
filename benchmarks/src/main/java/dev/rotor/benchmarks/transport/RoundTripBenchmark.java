package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.ServerProcess;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
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
 * Round trips of a find over the transport alone, without a driver on top: which thread had best write. Every thread
 * has a wire of its own, sends a prepared message and parks until the reply is there.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoundTripBenchmark {

    private static final int CHAIN = 1000;

    /** JMH creates the state. */
    public RoundTripBenchmark() {}

    /** The server and the transport. */
    @State(Scope.Benchmark)
    public static class Ends {

        /** Which transport. */
        @Param("nio")
        public String transport = "nio";

        private ServerProcess server;
        private Transport open;

        /** JMH creates the state. */
        @SuppressWarnings("NullAway.Init") // set up by JMH before anything uses them
        public Ends() {}

        /**
         * Starts both.
         *
         * @throws IOException if the server cannot be started
         */
        @Setup(Level.Trial)
        public void open() throws IOException {
            server = ServerProcess.start();
            open = provider(transport).open(TransportSettings.DEFAULT);
        }

        private static TransportProvider provider(String name) {
            for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
                if (provider.name().equals(name)) {
                    return provider;
                }
            }
            throw new IllegalArgumentException("no transport " + name + " on the class path");
        }

        /** Ends both. */
        @TearDown(Level.Trial)
        public void close() {
            open.close(Duration.ofSeconds(5)).toCompletableFuture().join();
            server.close();
        }
    }

    /** One thread's wire. */
    @State(Scope.Thread)
    public static class Caller {

        private RoundTripper wire;

        /** JMH creates the state. */
        @SuppressWarnings("NullAway.Init") // set up by JMH before anything uses it
        public Caller() {}

        /**
         * Connects.
         *
         * @param ends the server and the transport
         */
        @Setup(Level.Trial)
        public void connect(Ends ends) {
            URI uri = URI.create(ends.server.uri());
            wire = RoundTripper.connect(ends.open, new InetSocketAddress(uri.getHost(), uri.getPort()));
        }
    }

    /** One caller, which writes to the socket itself. */
    @Benchmark
    public void oneCallerWrites(Caller caller, ProcessorTime time) {
        caller.wire.sendFromHereAndPark();
    }

    /** One caller, which has the loop write. */
    @Benchmark
    public void oneCallerHasTheLoopWrite(Caller caller, ProcessorTime time) {
        caller.wire.sendFromLoopAndPark();
    }

    /** 64 callers, which write to their sockets themselves. */
    @Benchmark
    @Threads(64)
    public void manyCallersWrite(Caller caller, ProcessorTime time) {
        caller.wire.sendFromHereAndPark();
    }

    /** 64 callers, which have the loop write. */
    @Benchmark
    @Threads(64)
    public void manyCallersHaveTheLoopWrite(Caller caller, ProcessorTime time) {
        caller.wire.sendFromLoopAndPark();
    }

    /** One after the other on the loop, each sent from inside the reply before: no wake-up at all. */
    @Benchmark
    @OperationsPerInvocation(CHAIN)
    public void chainedOnTheLoop(Caller caller, ProcessorTime time) {
        caller.wire.chainAndPark(CHAIN);
    }
}
