package org.example;

import dev.rotor.examples.recording.RecordingProvider;
import dev.rotor.transport.tck.ProviderContract;
import dev.rotor.transport.tck.TransportUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One contract by itself, from a package of somebody else's. */
class OwnTransportTest extends ProviderContract {

    @BeforeAll
    static void recordElsewhere(@TempDir Path folder) {
        System.setProperty(RecordingProvider.FILE, folder.resolve("kit.txt").toString());
    }

    @AfterAll
    static void recordWhereItWas() {
        System.clearProperty(RecordingProvider.FILE);
    }

    @Override
    protected TransportUnderTest underTest() {
        return RecordingProvider::new;
    }
}
