package dev.rotor.driver.core.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.spi.DnsResolver.SrvRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JndiDnsResolverTest {

    @Test
    void anSrvRecordIsReadAsTheProviderWritesIt() {
        assertThat(JndiDnsResolver.srvRecord("0 5 27317 mongodb1.mongodb.com."))
                .isEqualTo(new SrvRecord("mongodb1.mongodb.com.", 27317, null));
        assertThatThrownBy(() -> JndiDnsResolver.srvRecord("0 5 27317")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JndiDnsResolver.srvRecord("0 5 x host.")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void theStringsOfATxtRecordAreJoined() {
        assertThat(JndiDnsResolver.joined("authSource=thisDB")).isEqualTo("authSource=thisDB");
        assertThat(JndiDnsResolver.joined("replicaS et=rep l0")).isEqualTo("replicaSet=repl0");
        assertThat(JndiDnsResolver.joined("\"a b\" c")).isEqualTo("a bc");
        assertThat(JndiDnsResolver.joined("\"a\\\"b\\\\c\"")).isEqualTo("a\"b\\c");
    }

    @Test
    void aFailureToAskIsAnAnswer() {
        JndiDnsResolver closed = new JndiDnsResolver(task -> {
            throw new RejectedExecutionException("closed");
        });
        assertThat(closed.srv("x").toCompletableFuture()).isCompletedExceptionally();
        assertThat(closed.txt("x").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aThreadThatCannotBeStartedIsAnAnswer() {
        JndiDnsResolver troubled = new JndiDnsResolver(task -> {
            throw new InternalError("unable to create native thread");
        });
        assertThatThrownBy(() -> troubled.srv("x").toCompletableFuture().join())
                .hasCauseInstanceOf(InternalError.class);
        assertThatThrownBy(() -> troubled.txt("x").toCompletableFuture().join())
                .hasCauseInstanceOf(InternalError.class);
    }

    /** JNDI asks it for the class loader that may have a provider. */
    private static final class Troubled extends Thread {

        Troubled(Runnable task) {
            super(task);
            setUncaughtExceptionHandler((thread, e) -> {});
        }

        @Override
        public ClassLoader getContextClassLoader() {
            throw new NoClassDefFoundError("acme/Provider");
        }
    }

    @Test
    void anErrorOfTheProviderIsAnAnswer() {
        JndiDnsResolver resolver = new JndiDnsResolver(task -> {
            Thread thread = new Troubled(task);
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        CompletableFuture<List<String>> answer = resolver.txt("x").toCompletableFuture();
        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(NoClassDefFoundError.class);
    }
}
