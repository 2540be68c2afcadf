package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final ByteBuffer[] buffers = {
        ByteBuffer.wrap(new byte[] {9, 9}),
        ByteBuffer.wrap(new byte[] {0, 1, 2}).position(1),
        ByteBuffer.allocate(0),
        ByteBuffer.allocateDirect(2).put(0, (byte) 3).put(1, (byte) 4)
    };

    @Test
    void theBytesFollowEachOtherAndThePositionsStay() {
        ByteBuf all = Unpooled.directBuffer(4);
        try {
            Gathering.copy(buffers, 1, 3, all);

            byte[] copied = new byte[all.readableBytes()];
            all.readBytes(copied);
            assertThat(copied).containsExactly(1, 2, 3, 4);
            assertThat(Gathering.remaining(buffers, 1, 3)).isEqualTo(4);
        } finally {
            all.release();
        }
    }

    @Test
    void aPartMovesThePositionsUpToItsEnd() {
        Gathering.advance(buffers, 1, 3, 3);

        assertThat(buffers[0].remaining()).isEqualTo(2);
        assertThat(buffers[1].remaining()).isZero();
        assertThat(buffers[3].remaining()).isOne();
        Gathering.advance(buffers, 1, 3, 1);
        assertThat(buffers[3].remaining()).isZero();
    }
}
