package dev.rotor.testserver.server;

import dev.rotor.testserver.Member;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.auth.Users;
import dev.rotor.testserver.command.Cluster;
import dev.rotor.testserver.command.ClusterClock;
import dev.rotor.testserver.engine.CommandEngine;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.EngineSettings;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.net.Listener;
import dev.rotor.testserver.net.Ports;
import dev.rotor.testserver.session.SessionCatalog;
import dev.rotor.testserver.topology.Topology;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A deployment that runs. */
public final class Deployment implements TestServer {

    private static final long END_SECONDS = 10;

    private final DeploymentSettings settings;
    private final Cluster cluster;
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor timers;
    /** Threads that may still run: an executor is terminated a moment before its last thread is gone. */
    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();

    private final List<MemberNode> members = new ArrayList<>();
    private final List<Listener> balancers = new ArrayList<>();
    private final List<String> balancerAddresses = new ArrayList<>();

    private Deployment(DeploymentSettings settings) {
        this.settings = settings;
        threads = Executors.newCachedThreadPool(named("testserver"));
        timers = new ScheduledThreadPoolExecutor(1, named("testserver-elections"));
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        int[] ports = IntStream.range(0, settings.members())
                .map(i -> settings.firstPort() == 0 ? Ports.free() : settings.firstPort() + i)
                .toArray();
        Clock clock = Clock.systemUTC();
        CommandEngine engine = CommandEngine.create(new EngineSettings(settings.kind(), settings.version(), clock));
        cluster = new Cluster(
                settings.kind(),
                settings.version(),
                settings.kind() == DeploymentKind.REPLICA_SET ? settings.setName() : "",
                IntStream.of(ports).mapToObj(Deployment::address).toList(),
                settings.user() != null,
                settings.parameters(),
                engine,
                new ClusterClock(engine, clock),
                new SessionCatalog(clock),
                new Users(settings.external()),
                new Topology(settings.kind(), settings.members(), settings.electionTimeout(), timers, System::nanoTime),
                clock);
        for (int i = 0; i < ports.length; i++) {
            members.add(new MemberNode(cluster, i, ports[i], threads, settings.tls()));
        }
    }

    /** Starts a deployment; nothing is left of it if that fails. */
    public static Deployment start(DeploymentSettings settings) {
        Deployment deployment = new Deployment(settings);
        try {
            deployment.start();
            return deployment;
        } catch (RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private int iterations(String parameter, int serverDefault) {
        return settings.parameters().get(parameter) instanceof Number set ? set.intValue() : serverDefault;
    }

    private void start() {
        if (settings.user() != null && settings.password() != null) {
            cluster.users()
                    .addRoot(
                            settings.user(),
                            settings.password(),
                            new Users.Iterations(
                                    iterations("scramIterationCount", 10_000),
                                    iterations("scramSHA256IterationCount", 15_000)));
        }
        members.forEach(MemberNode::start);
        cluster.topology().electNow();
        timers.scheduleWithFixedDelay(this::endOldTransactions, 1, 1, TimeUnit.SECONDS);
        if (settings.kind() == DeploymentKind.LOAD_BALANCED) {
            balance(members.subList(0, 1));
            if (members.size() > 1) {
                balance(members);
            }
        }
    }

    /** Transactions whose client has gone away hold up others no longer than the parameter of the primary says. */
    private void endOldTransactions() {
        for (MemberNode each : members) {
            Duration limit = each.role() == MemberRole.SECONDARY ? null : each.transactionLifetimeLimit();
            if (limit != null) {
                cluster.engine()
                        .abortTransactionsBegunBefore(cluster.clock().instant().minus(limit));
            }
        }
    }

    /** A load balancer hands each accepted connection to the next mongos that runs. */
    private void balance(List<MemberNode> over) {
        int port = settings.firstPort() == 0 ? Ports.free() : settings.firstPort() + members.size() + balancers.size();
        AtomicInteger turn = new AtomicInteger();
        balancers.add(Listener.at(port, threads, socket -> {
            int first = turn.getAndIncrement();
            MemberNode chosen = over.get(Math.floorMod(first, over.size()));
            for (int i = 1; i < over.size() && !chosen.isRunning(); i++) {
                chosen = over.get(Math.floorMod(first + i, over.size()));
            }
            chosen.acceptBalanced(socket);
        }));
        balancerAddresses.add(address(port));
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            started.removeIf(each -> each.getState() == Thread.State.TERMINATED);
            started.add(thread);
            return thread;
        };
    }

    @Override
    public String connectionString() {
        boolean balanced = settings.kind() == DeploymentKind.LOAD_BALANCED;
        List<String> hosts = balanced
                ? balancerAddresses.subList(balancerAddresses.size() - 1, balancerAddresses.size())
                : cluster.addresses();
        List<String> options = new ArrayList<>();
        if (settings.kind() == DeploymentKind.REPLICA_SET) {
            options.add("replicaSet=" + encoded(settings.setName()));
        } else if (balanced) {
            options.add("loadBalanced=true");
        }
        if (settings.tls() != null) {
            options.add("tls=true");
        }
        String credential = settings.user() == null || settings.password() == null
                ? ""
                : encoded(settings.user()) + ":" + encoded(settings.password()) + "@";
        String query = options.isEmpty() ? "" : "?" + String.join("&", options);
        return "mongodb://" + credential + String.join(",", hosts) + "/" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public List<String> addresses() {
        return cluster.addresses();
    }

    @Override
    public List<String> loadBalancerAddresses() {
        return List.copyOf(balancerAddresses);
    }

    @Override
    public String setName() {
        return cluster.setName();
    }

    @Override
    public Member member(int number) {
        return members.get(number);
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public Member primary() {
        for (MemberNode each : members) {
            if (each.role() == MemberRole.PRIMARY) {
                return each;
            }
        }
        throw new IllegalStateException("no member is primary");
    }

    @Override
    public void close() {
        timers.shutdownNow();
        balancers.forEach(Listener::close);
        members.forEach(MemberNode::kill);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
                    || !timers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("threads of the test server do not end");
            }
            for (Thread each : started) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cluster.engine().close();
        }
    }
}
