package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.support.TlsResources;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.LeakProbe;
import dev.rotor.transport.tck.TransportUnderTest;
import java.util.List;

/** The transport keeps every promise of the kit, with nothing left out. */
class NioTransportTest extends AllContracts {
    @Override
    protected TransportUnderTest underTest() {
        return new TransportUnderTest() {
            @Override
            public TransportProvider provider() {
                return new NioTransportProvider();
            }

            @Override
            public List<LeakProbe> leakProbes() {
                return List.of(new LeakProbe("TLS engines", TlsResources::liveEngines));
            }
        };
    }
}
