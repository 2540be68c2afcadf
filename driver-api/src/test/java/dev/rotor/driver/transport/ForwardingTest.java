package dev.rotor.driver.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What forwards hands on every call that there is, with what it was given, and hands back what it gets. */
class ForwardingTest {

    private record Call(Method method, List<Object> arguments) {}

    /** An argument or an answer for every type that there is; none is what a default method gives. */
    private final List<Object> values = new ArrayList<>();

    ForwardingTest() throws NoSuchAlgorithmException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 27017);
        Cancellable attempt = () -> {};
        values.addAll(List.of("another", true, 4711, Duration.ofSeconds(3), new IllegalStateException("a cause")));
        values.addAll(List.of(new byte[] {1, 2}, new ByteBuffer[] {ByteBuffer.allocate(1)}, address, attempt));
        values.add(new ConnectRequest("db", 1, List.of(address), Duration.ZERO, TcpOptions.DEFAULT, null, 16));
        values.add(new CompletableFuture<>());
        values.add(SSLContext.getDefault().createSSLEngine().getSession());
        for (Class<?> type : List.of(EventLoop.class, Wire.class, WireListener.class)) {
            values.add(noting(type, new ArrayList<>()));
        }
    }

    private Object valueOf(Class<?> type) {
        return values.stream()
                .filter(value -> type.isInstance(value)
                        || (type == boolean.class && value instanceof Boolean)
                        || (type == int.class && value instanceof Integer))
                .findFirst()
                .orElseThrow(() -> new AssertionError("this test has no value for " + type));
    }

    /** Notes its calls. */
    private <T> T noting(Class<T> type, List<Call> calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals") ? (Object) (self == given[0]) : 17;
            }
            calls.add(new Call(method, given == null ? List.of() : List.of(given)));
            return method.getReturnType() == void.class ? null : valueOf(method.getReturnType());
        }));
    }

    private <T> Stream<DynamicTest> everyCall(Class<T> type, UnaryOperator<T> forwarding) {
        return Arrays.stream(type.getMethods())
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> {
                    List<Call> calls = new ArrayList<>();
                    Object[] arguments = Arrays.stream(method.getParameterTypes())
                            .map(this::valueOf)
                            .toArray();

                    Object answer = method.invoke(forwarding.apply(noting(type, calls)), arguments);

                    assertThat(calls).containsExactly(new Call(method, List.of(arguments)));
                    if (method.getReturnType() != void.class) {
                        assertThat(answer).isEqualTo(valueOf(method.getReturnType()));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aTransportForwardsEveryCall() {
        return everyCall(Transport.class, other -> new ForwardingTransport(other) {});
    }

    @TestFactory
    Stream<DynamicTest> aWireForwardsEveryCall() {
        return everyCall(Wire.class, other -> new ForwardingWire(other) {});
    }

    @TestFactory
    Stream<DynamicTest> aListenerForwardsEveryCall() {
        return everyCall(WireListener.class, other -> new ForwardingListener(other) {});
    }
}
