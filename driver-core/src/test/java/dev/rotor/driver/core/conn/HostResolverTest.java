package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.spi.InetAddressResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HostResolverTest implements AddressResolver.Callback {

    private static final ServerAddress NAMED = new ServerAddress("db.example", 27017);

    private final List<SocketAddress> resolved = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    @Override
    public void onResolved(List<SocketAddress> addresses) {
        resolved.addAll(addresses);
    }

    @Override
    public void onResolveFailed(Exception cause) {
        failures.add(cause);
    }

    private Exception failure(InetAddressResolver names) {
        new HostResolver(names).resolve(NAMED, this);
        assertThat(resolved).isEmpty();
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    @Test
    void literalsAndPathsAreNotLookedUp() {
        HostResolver resolver = new HostResolver(name -> {
            throw new AssertionError(name + " was looked up");
        });
        resolver.resolve(new ServerAddress("127.0.0.1", 27018), this);
        resolver.resolve(new ServerAddress("::1", 27019), this);
        resolver.resolve(new ServerAddress("/tmp/mongodb-27017.sock", 0), this);

        assertThat(failures).isEmpty();
        assertThat(resolved).hasSize(3);
        assertThat(((InetSocketAddress) resolved.get(0)).getPort()).isEqualTo(27018);
        assertThat(((InetSocketAddress) resolved.get(1)).getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(resolved.get(2)).isEqualTo(UnixDomainSocketAddress.of("/tmp/mongodb-27017.sock"));
    }

    @Test
    void everyAddressOfANameIsPassedOnInItsOrderWithThePort() throws Exception {
        InetAddress one = InetAddress.getByName("10.0.0.1");
        InetAddress two = InetAddress.getByName("fd00::1");
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        new HostResolver(name -> answer).resolve(NAMED, this);
        assertThat(resolved).isEmpty();

        answer.complete(List.of(one, two));

        assertThat(resolved).containsExactly(new InetSocketAddress(one, 27017), new InetSocketAddress(two, 27017));
    }

    @Test
    void aNameIsAskedForAnewEachTime() {
        List<String> asked = new ArrayList<>();
        HostResolver resolver = new HostResolver(name -> {
            asked.add(name);
            return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
        });
        resolver.resolve(NAMED, this);
        resolver.resolve(NAMED, this);

        assertThat(asked).containsExactly("db.example", "db.example");
    }

    @Test
    void aFailureIsPassedOnWithoutItsWrapping() {
        UnknownHostException unknown = new UnknownHostException("db.example");
        assertThat(failure(name -> CompletableFuture.failedFuture(new CompletionException(unknown))))
                .isSameAs(unknown);
    }

    @Test
    void aResolverThatThrowsHasFailed() {
        IllegalStateException thrown = new IllegalStateException("broken");
        assertThat(failure(name -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void anErrorIsAFailureToo() {
        assertThat(failure(name -> {
                    throw new NoClassDefFoundError("dns/Client");
                }))
                .hasMessage("the resolver failed: java.lang.NoClassDefFoundError: dns/Client");
    }

    @Test
    @SuppressWarnings("NullAway") // what it must not do
    void aResolverThatReturnsNullHasFailed() {
        assertThat(failure(name -> null)).hasMessage("the resolver returned null");
    }

    @Test
    @SuppressWarnings("NullAway") // what it must not do
    void aResolverThatAnswersNullHasFailed() {
        assertThat(failure(name -> CompletableFuture.completedFuture(null))).hasMessage("the resolver answered null");
    }

    @Test
    @SuppressWarnings("NullAway") // what it must not do
    void aNullAmongTheAddressesIsAFailure() {
        assertThat(failure(name -> CompletableFuture.completedFuture(Arrays.asList((InetAddress) null))))
                .hasMessage("the resolver answered with a null among addresses");
    }

    @Test
    void noAddressIsAFailure() {
        assertThat(failure(name -> CompletableFuture.completedFuture(List.of())))
                .hasMessage("the resolver found no address");
    }
}
