package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;

/**
 * Chosen by {@code transport=replaying}: there is no server at all, the answers are those that a
 * {@link RecordingProvider} has recorded in the file of the same property.
 */
public final class ReplayingProvider implements TransportProvider {

    @Override
    public String name() {
        return "replaying";
    }

    @Override
    public int preference() {
        return -1;
    }

    /** Another transport's loops are needed, as they are to record. */
    @Override
    public Availability availability() {
        return new RecordingProvider().availability();
    }

    @Override
    public Transport open(TransportSettings settings) {
        Availability here = availability();
        if (!here.available()) {
            throw new IllegalStateException(here.reason(), here.cause());
        }
        Tape tape = Tape.read();
        return new ReplayingTransport(RecordingProvider.behind().orElseThrow().open(settings), tape);
    }
}
