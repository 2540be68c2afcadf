package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.transport.netty.testing.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class LeakWatchTest {

    @Test
    void aForgottenBufferIsFound() throws InterruptedException {
        forget();

        assertThatThrownBy(LeakWatch::assertNoLeaks)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("forgotten");

        assertThat(LeakWatch.takeLeaks()).isPositive();
    }

    private static void forget() {
        ByteBuf forgotten = ByteBufAllocator.DEFAULT.directBuffer(10);
        assertThat(forgotten.refCnt()).isOne();
    }
}
