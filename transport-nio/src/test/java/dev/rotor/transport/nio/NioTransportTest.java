package dev.rotor.transport.nio;

import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;

/** The transport keeps every promise of the kit, with nothing left out. */
class NioTransportTest extends AllContracts {
    @Override
    protected TransportUnderTest underTest() {
        return NioTransportProvider::new;
    }
}
