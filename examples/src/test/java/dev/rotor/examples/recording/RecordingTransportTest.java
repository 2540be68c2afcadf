package dev.rotor.examples.recording;

import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The example keeps every promise of the kit. */
class RecordingTransportTest extends AllContracts {

    @BeforeAll
    static void recordElsewhere(@TempDir Path folder) {
        System.setProperty(RecordingProvider.FILE, folder.resolve("kit.txt").toString());
    }

    @AfterAll
    static void recordWhereItWas() {
        System.clearProperty(RecordingProvider.FILE);
    }

    // snippet: under-test
    @Override
    protected TransportUnderTest underTest() {
        return RecordingProvider::new;
    }
    // end
}
