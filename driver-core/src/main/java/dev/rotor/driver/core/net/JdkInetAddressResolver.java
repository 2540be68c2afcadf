package dev.rotor.driver.core.net;

import dev.rotor.driver.spi.InetAddressResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Asks the JDK. Its look-up blocks, perhaps for long, so it runs on an executor given for that. Whoever asks for a host
 * that is being looked up waits for that answer: however many connections want it, a host takes one thread.
 */
public final class JdkInetAddressResolver implements InetAddressResolver {

    private final Executor executor;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /**
     * A resolver.
     *
     * @param executor where look-ups run; never a loop
     */
    public JdkInetAddressResolver(Executor executor) {
        this.executor = executor;
    }

    @Override
    public CompletionStage<List<InetAddress>> lookupByName(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> first = underWay.putIfAbsent(host, mine);
        if (first != null) {
            return first;
        }
        try {
            executor.execute(() -> lookUp(host, mine));
        } catch (Throwable e) {
            // Also an error, as of a thread that cannot be started: later questions must not wait for this one.
            underWay.remove(host, mine);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
        List<InetAddress> found = List.of();
        Throwable failure = null;
        try {
            found = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException | Error e) {
            failure = e;
        }
        // Before it is told: who asks because of the answer asks anew.
        underWay.remove(host, answer);
        if (failure == null) {
            answer.complete(found);
        } else {
            answer.completeExceptionally(failure);
        }
    }
}
