package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.Objects;

/** The provider named {@code nio}: the JDK alone, available wherever Java runs, hence the default of last resort. */
public final class NioTransportProvider implements TransportProvider {

    /** The name by which users choose this transport. */
    static final String NAME = "nio";

    /** For the service loader. */
    public NioTransportProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Transport open(TransportSettings settings) {
        Objects.requireNonNull(settings, "settings");
        Object foreign = settings.foreignLoops();
        if (foreign != null) {
            throw new IllegalArgumentException("the transport nio runs its own event loops and cannot share "
                    + foreign.getClass().getName()
                    + ": leave foreignLoops unset, or choose a transport of the kind that those loops belong to");
        }
        return NioTransport.open(settings, System::nanoTime);
    }
}
