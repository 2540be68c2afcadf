package dev.rotor.driver.core.topology;

import dev.rotor.driver.core.fake.FakeDns;
import java.time.Duration;

/** The zone that the specification's tests of SRV host names count on, as their README lists it. */
final class TestZone {

    static final String DOMAIN = "test.build.10gen.cc";

    private static final Duration TIME_TO_LIVE = Duration.ofDays(1);
    private static final String HOST = "localhost." + DOMAIN + ".";

    private TestZone() {}

    static FakeDns dns() {
        FakeDns dns = new FakeDns();
        srv(dns, 1, 27017, HOST);
        srv(dns, 1, 27018, HOST);
        srv(dns, 2, 27018, HOST);
        srv(dns, 2, 27019, HOST);
        for (int number : new int[] {3, 5, 6, 7, 8, 10, 11, 20, 21}) {
            srv(dns, number, 27017, HOST);
        }
        srv(dns, 12, 27017, "localhost.build.10gen.cc.");
        srv(dns, 13, 27017, "test.build.10gen.cc.");
        srv(dns, 14, 27017, "localhost.not-test.build.10gen.cc.");
        srv(dns, 15, 27017, "localhost.test.not-build.10gen.cc.");
        srv(dns, 16, 27017, "localhost.test.build.not-10gen.cc.");
        srv(dns, 17, 27017, "localhost.test.build.10gen.not-cc.");
        srv(dns, 18, 27017, "localhost.sub.test.build.10gen.cc.");
        srv(dns, 19, 27017, "localhost.evil.build.10gen.cc.");
        srv(dns, 19, 27017, HOST);
        // The README lists only the first of these two, the test has both.
        dns.srv("_customname._tcp.test22." + DOMAIN, 27017, HOST, TIME_TO_LIVE);
        dns.srv("_customname._tcp.test22." + DOMAIN, 27018, HOST, TIME_TO_LIVE);
        srv(dns, 23, 8000, HOST);
        srv(dns, 24, 8000, HOST);
        txt(dns, 5, "replicaSet=repl0&authSource=thisDB");
        txt(dns, 6, "replicaSet=repl0");
        txt(dns, 6, "authSource=otherDB");
        txt(dns, 7, "ssl=false");
        txt(dns, 8, "authSource");
        txt(dns, 10, "socketTimeoutMS=500");
        // Of several strings, which a resolver joins.
        txt(dns, 11, "replicaS" + "et=rep" + "l0");
        txt(dns, 20, "loadBalanced=true");
        txt(dns, 21, "loadBalanced=false");
        txt(dns, 24, "loadBalanced=true");
        return dns;
    }

    private static void srv(FakeDns dns, int number, int port, String target) {
        dns.srv("_mongodb._tcp.test" + number + "." + DOMAIN, port, target, TIME_TO_LIVE);
    }

    private static void txt(FakeDns dns, int number, String text) {
        dns.txt("test" + number + "." + DOMAIN, text);
    }
}
