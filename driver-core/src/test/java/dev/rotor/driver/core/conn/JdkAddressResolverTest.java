package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JdkAddressResolverTest implements AddressResolver.Callback {

    private final List<Runnable> handedOver = new ArrayList<>();
    private final JdkAddressResolver resolver = new JdkAddressResolver(handedOver::add);
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

    @Test
    void literalsAndPathsNeedNoOtherThread() {
        resolver.resolve(new ServerAddress("127.0.0.1", 27018), this);
        resolver.resolve(new ServerAddress("::1", 27019), this);
        resolver.resolve(new ServerAddress("/tmp/mongodb-27017.sock", 0), this);
        assertThat(handedOver).isEmpty();
        assertThat(resolved).hasSize(3);
        assertThat(((InetSocketAddress) resolved.get(0)).getPort()).isEqualTo(27018);
        assertThat(((InetSocketAddress) resolved.get(1)).getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(resolved.get(2)).isEqualTo(UnixDomainSocketAddress.of("/tmp/mongodb-27017.sock"));
    }

    @Test
    void namesAreLookedUpOnTheExecutorOnly() {
        resolver.resolve(new ServerAddress("localhost", 27017), this);
        assertThat(resolved).isEmpty();
        assertThat(handedOver).hasSize(1);
        handedOver.get(0).run();
        assertThat(resolved).isNotEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void anExecutorThatIsShutDownIsAFailureNotAnException() {
        new JdkAddressResolver(task -> {
                    throw new RejectedExecutionException("shut down");
                })
                .resolve(new ServerAddress("localhost", 27017), this);
        assertThat(failures).hasSize(1);
    }

    @Test
    void anAddressThatLooksLikeALiteralAndIsNoneFails() {
        resolver.resolve(new ServerAddress("1:2:zz", 27017), this);
        assertThat(failures).hasSize(1);
    }

    @Test
    void literalsAreToldFromNames() {
        for (String literal : List.of("127.0.0.1", "10.20.30.40", "::1", "fe80::1")) {
            assertThat(JdkAddressResolver.isLiteral(literal)).as(literal).isTrue();
        }
        for (String name : List.of("localhost", "1.2.3", "1.2.3.4.example", "1234.1.1.1", "a.b.c.d", "1..2.3", "")) {
            assertThat(JdkAddressResolver.isLiteral(name)).as(name).isFalse();
        }
    }
}
