package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcatenationTest {

    /** Gives what the test tells it to, and notes what it is asked for. */
    private static final class Part implements Flow.Publisher<ByteBuffer> {
        Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
        long demand;
        boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
            subscriber = given;
            given.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    demand += n;
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
        }

        Flow.Subscriber<? super ByteBuffer> out() {
            return Objects.requireNonNull(subscriber);
        }

        void give(String text) {
            demand--;
            out().onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static final class Hears implements Flow.Subscriber<ByteBuffer> {
        final List<String> heard = new ArrayList<>();
        Flow.@Nullable Subscription subscription;

        Flow.Subscription in() {
            return Objects.requireNonNull(subscription);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            heard.add(StandardCharsets.UTF_8.decode(buffer).toString());
        }

        @Override
        public void onError(Throwable failure) {
            heard.add("failed: " + failure.getMessage());
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }

    private final Part first = new Part();
    private final Part second = new Part();
    private final Hears hears = new Hears();
    private final List<Throwable> failures = new ArrayList<>();

    private void subscribe(List<Flow.Publisher<ByteBuffer>> parts) {
        new Concatenation(parts, failures::add).subscribe(hears);
    }

    private static OneBuffer words(String text) {
        return new OneBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatOnePartDidNotGiveTheNextIsAskedFor() {
        subscribe(List.of(first, second));
        hears.in().request(2);
        hears.in().request(3);
        assertThat(first.demand).isEqualTo(5);
        assertThat(second.subscriber).as("not begun before the first has ended").isNull();

        first.give("a");
        first.give("b");
        first.out().onComplete();

        assertThat(second.demand).isEqualTo(3);
        second.give("c");
        second.out().onComplete();
        assertThat(hears.heard).containsExactly("a", "b", "c", "end");
    }

    @Test
    void nothingIsGivenThatWasNotAskedFor() {
        subscribe(List.of(words("a"), words("b"), words("c")));
        assertThat(hears.heard).isEmpty();
        hears.in().request(1);
        assertThat(hears.heard).containsExactly("a");
        hears.in().request(2);
        assertThat(hears.heard).containsExactly("a", "b", "c", "end");
    }

    @Test
    void demandMayOverflow() {
        subscribe(List.of(words("a"), first));
        hears.in().request(Long.MAX_VALUE);
        hears.in().request(Long.MAX_VALUE);

        assertThat(first.demand).isNotZero();
        assertThat(hears.heard).containsExactly("a");
    }

    @Test
    void manyPartsDoNotPileUpCalls() {
        List<Flow.Publisher<ByteBuffer>> parts = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            parts.add(words("x"));
        }
        subscribe(parts);

        hears.in().request(Long.MAX_VALUE);

        assertThat(hears.heard).hasSize(100_001).endsWith("end");
    }

    @Test
    void whoCancelsCancelsThePartThatIsRead() {
        subscribe(List.of(first, second));
        hears.in().request(5);
        first.give("a");

        hears.in().cancel();
        first.give("late");
        hears.in().request(5);

        assertThat(first.cancelled).isTrue();
        assertThat(hears.heard).containsExactly("a");
        first.out().onComplete();
        assertThat(second.subscriber == null || second.cancelled).isTrue();
        assertThat(hears.heard).containsExactly("a");
    }

    @Test
    void aFailureEndsItAndIsReportedOnce() {
        subscribe(List.of(first, second));
        hears.in().request(5);

        first.out().onError(new IllegalStateException("broken"));
        first.out().onComplete();

        assertThat(hears.heard).containsExactly("failed: broken");
        assertThat(failures).hasSize(1);
    }

    @Test
    void askingForNothingIsAnError() {
        subscribe(List.of(words("a")));

        hears.in().request(0);
        hears.in().request(1);

        assertThat(hears.heard).hasSize(1).first().asString().startsWith("failed: ");
    }
}
