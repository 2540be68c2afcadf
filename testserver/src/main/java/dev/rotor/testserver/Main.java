package dev.rotor.testserver;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a deployment for other programs and prints its connection string.
 *
 * <pre>{@code
 * --topology standalone|rs|sharded|lb   default standalone
 * --members N                           members or mongos, default 1
 * --version 8.2                         4.2 to 8.2
 * --auth user:password                  clients must authenticate
 * --port 27017                          first port; any free ports if not said
 * --set-name rs0
 * --parameter name=value                a server parameter; may be repeated
 * }</pre>
 *
 * It runs until the process is ended.
 */
public final class Main {

    private Main() {}

    /** See above; ends with status 2 and the usage if it does not understand its arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        TestServerBuilder builder;
        try {
            builder = MainArguments.parse(arguments).builder();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(MainArguments.USAGE);
            System.exit(2);
            return;
        }
        TestServer server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "testserver-close"));
        System.out.println(server.connectionString());
        Map<String, Object> more =
                Map.of("members", server.addresses(), "load balancers", server.loadBalancerAddresses());
        more.forEach((what, addresses) -> System.err.println(what + ": " + addresses));
        new CountDownLatch(1).await();
    }
}
