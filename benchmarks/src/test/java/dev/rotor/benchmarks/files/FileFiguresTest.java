package dev.rotor.benchmarks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class FileFiguresTest {

    private static final FileFigures SLOW = new FileFigures(2, 1, 200, 4 * 1024 * 1024);
    private static final FileFigures FAST = new FileFigures(0.5, 0.25, 100, 4 * 1024 * 1024);

    @Test
    void figuresSurviveTheWayBetweenProcesses() {
        assertThat(FileFigures.parse(SLOW.toLine())).isEqualTo(SLOW);
        assertThatThrownBy(() -> FileFigures.parse("no such driver")).hasMessageContaining("no such driver");
    }

    @Test
    void figuresArePerMebibyteAndTheirMedianIgnoresOneBadRound() {
        assertThat(FAST.mebibytesPerSecond()).isEqualTo(8);
        assertThat(SLOW.cpuMillisPerMebibyte()).isEqualTo(250);
        assertThat(FileFigures.median(List.of(FAST, SLOW, FAST))).isEqualTo(FAST);
    }

    @Test
    void piecesAreHandedOutOnDemandAndEndWithoutDemand() {
        long length = 2L * Pieces.PIECE_BYTES + 7;
        List<Integer> sizes = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        new PiecePublisher(length).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                assertThat(sizes).hasSize(1);
                subscription.request(2);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                sizes.add(piece.remaining());
            }

            @Override
            public void onError(Throwable failure) {
                ends.add(failure.toString());
            }

            @Override
            public void onComplete() {
                ends.add("complete");
            }
        });

        assertThat(sizes).containsExactly(Pieces.PIECE_BYTES, Pieces.PIECE_BYTES, 7);
        assertThat(ends).containsExactly("complete");
    }
}
