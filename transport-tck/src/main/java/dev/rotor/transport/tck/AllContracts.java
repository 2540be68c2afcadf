package dev.rotor.transport.tck;

import org.junit.jupiter.api.Nested;

/** Everything that a transport promises, in one class to extend; each contract may be extended by itself as well. */
public abstract class AllContracts {

    /** For the class that says what is tested. */
    protected AllContracts() {}

    /**
     * What is tested.
     *
     * @return the transport, and what the kit must know of it
     */
    protected abstract TransportUnderTest underTest();

    @Nested
    class Provider extends ProviderContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Framing extends FramingContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Sending extends SendingContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class BackPressure extends BackPressureContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Connect extends ConnectContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Proxy extends ProxyContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class UnixSocket extends UnixSocketContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Listener extends ListenerContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Loop extends LoopContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class ManyWires extends ManyWiresContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Leak extends LeakContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Foreign extends ForeignLoopsContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class RandomFaults extends RandomFaultsContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class TlsHandshakes extends TlsHandshakeContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }

    @Nested
    class Tls extends TlsContract {
        @Override
        protected TransportUnderTest underTest() {
            return AllContracts.this.underTest();
        }
    }
}
