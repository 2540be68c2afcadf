package dev.rotor.driver.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JdkInetAddressResolverTest {

    private final List<Runnable> handedOver = new ArrayList<>();
    private final JdkInetAddressResolver resolver = new JdkInetAddressResolver(handedOver::add);

    private CompletableFuture<List<InetAddress>> ask(String host) {
        return resolver.lookupByName(host).toCompletableFuture();
    }

    @Test
    void namesAreLookedUpOnTheExecutorOnly() {
        CompletableFuture<List<InetAddress>> answer = ask("localhost");
        assertThat(answer).isNotDone();

        handedOver.remove(0).run();

        assertThat(answer.join()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void whoAsksForAHostThatIsBeingLookedUpSharesTheAnswer() {
        CompletableFuture<List<InetAddress>> first = ask("localhost");
        CompletableFuture<List<InetAddress>> second = ask("localhost");
        CompletableFuture<List<InetAddress>> other = ask("127.0.0.1");
        assertThat(handedOver).hasSize(2);

        handedOver.remove(0).run();

        assertThat(second.join()).isEqualTo(first.join());
        assertThat(other).isNotDone();
    }

    @Test
    void everyQuestionAfterTheAnswerIsAskedAnew() {
        CompletableFuture<CompletableFuture<List<InetAddress>>> again =
                ask("localhost").thenApply(answer -> ask("localhost"));
        handedOver.remove(0).run();

        assertThat(again.join()).isNotDone();
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void aNameThatIsNoneFailsAsTheJdkSays() {
        // No name server is asked for a label of more than 63 characters.
        CompletableFuture<List<InetAddress>> answer = ask("x".repeat(64) + ".invalid");
        handedOver.remove(0).run();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void anExecutorThatIsShutDownIsAFailureNotAnException() {
        JdkInetAddressResolver shut = new JdkInetAddressResolver(task -> {
            throw new RejectedExecutionException("shut down");
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() ->
                            shut.lookupByName("localhost").toCompletableFuture().join())
                    .hasCauseInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void aThreadThatCannotBeStartedFailsThatQuestionAloneAndTheNextOneIsAskedAnew() {
        Queue<Error> troubles = new ArrayDeque<>(List.of(new InternalError("unable to create native thread")));
        JdkInetAddressResolver troubled = new JdkInetAddressResolver(task -> {
            Error trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            task.run();
        });
        assertThatThrownBy(() ->
                        troubled.lookupByName("localhost").toCompletableFuture().join())
                .hasCauseInstanceOf(InternalError.class);
        CompletableFuture<List<InetAddress>> next =
                troubled.lookupByName("localhost").toCompletableFuture();
        assertThat(next).isDone();
        assertThat(next.join()).isNotEmpty();
    }
}
