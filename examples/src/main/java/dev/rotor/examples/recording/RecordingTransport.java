package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.ForwardingListener;
import dev.rotor.driver.transport.ForwardingTransport;
import dev.rotor.driver.transport.ForwardingWire;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Another transport's loops and wires, with a record of what the servers answer. */
final class RecordingTransport extends ForwardingTransport {

    private final Tape tape;
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    RecordingTransport(Transport behind, Tape tape) {
        super(behind);
        this.tape = tape;
    }

    @Override
    public String name() {
        return "recording";
    }

    // snippet: close
    /** The record ends after the last wire, and before the stage completes. */
    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        super.close(limit).whenComplete((nothing, failure) -> {
            tape.close();
            if (failure == null) {
                closed.complete(null);
            } else {
                closed.completeExceptionally(failure);
            }
        });
        return closed;
    }
    // end

    // snippet: connect
    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        return super.connect(loop, request, new Recorder(listener));
    }

    private final class Recorder extends ForwardingListener {

        private final Conversation conversation = new Conversation(tape);

        Recorder(WireListener listener) {
            super(listener);
        }

        @Override
        public void onConnected(Wire wire) {
            super.onConnected(new ForwardingWire(wire) {
                /** Looked at before it is sent: afterwards the buffers are the wire's, or somebody else's already. */
                @Override
                public void send(ByteBuffer... buffers) {
                    conversation.asks(buffers);
                    super.send(buffers);
                }
            });
        }

        @Override
        public void onFrame(byte[] frame) {
            conversation.answers(frame);
            super.onFrame(frame);
        }
    }
    // end
}
