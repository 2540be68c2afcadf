package dev.rotor.transport.netty.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.support.TlsResources;
import dev.rotor.transport.tck.ForeignLoops;
import dev.rotor.transport.tck.LeakProbe;
import dev.rotor.transport.tck.TransportUnderTest;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.internal.PlatformDependent;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the kit must know of a flavour.
 *
 * @param flavour makes its provider
 * @param handlers makes what drives the loops that it can share; asked only where the flavour is available
 */
public record NettyUnderTest(Supplier<TransportProvider> flavour, Supplier<IoHandlerFactory> handlers)
        implements TransportUnderTest {

    @Override
    public TransportProvider provider() {
        return flavour.get();
    }

    @Override
    public List<LeakProbe> leakProbes() {
        return List.of(new LeakProbe("TLS engines", TlsResources::liveEngines));
    }

    @Override
    public List<LeakProbe> pooledMemory() {
        return List.of(
                new LeakProbe("bytes of Netty's memory outside of the heap", PlatformDependent::usedDirectMemory));
    }

    @Override
    public ForeignLoops foreignLoops(int loops) {
        IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, handlers.get());
        return new ForeignLoops() {
            @Override
            public Object group() {
                return group;
            }

            @Override
            public void execute(Runnable task) {
                group.next().execute(task);
            }

            @Override
            public void end() throws InterruptedException {
                if (!group.shutdownGracefully(0, 0, SECONDS).await(60, SECONDS)) {
                    throw new IllegalStateException("the loops have not ended");
                }
            }
        };
    }
}
