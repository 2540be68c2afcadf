package dev.rotor.conformance;

/** What the page of results says in words. */
final class PageText {

    static final String HEAD =
            """
            # Conformance

            Which tests of the public driver specifications pass, on transport `nio`. Made by

            ```
            conformance/run -Dconformance.page=../docs/conformance.md
            ```

            which runs everything and writes `conformance/target/conformance.json` (one entry per case and server) beside this page.
            The tests that the specifications describe in words are in [prose-tests.md](prose-tests.md).

            The servers are profiles of [the test server](../testserver/README.md), named by kind and version: it is not a MongoDB, so a
            case that passes here has passed against what the project knows of a server. On a real one:
            `conformance/run -Dconformance.uri=mongodb://…/`, or `-Dconformance.testcontainers` where there is Docker.
            """;

    static final String SPECIFICATIONS =
            """
            A case counts as passed when it passed on at least one server and failed on none, and as skipped when no server could run it. A run is a
            case on one server.

            """;

    static final String TRANSPORTS =
            """
            The rest of this page is of `nio`. The other transports ran the same cases, each by a run of its own, which writes its row:
            `conformance/run -Dconformance.transport=epoll -Dconformance.page=../docs/conformance.md`. Every `mvn verify` runs a part on each that can run there:
            streaming monitors, network errors and retries, pools, transactions, change streams, timeouts, GridFS. What failed is told below, and the same everywhere
            unless said otherwise here.

            """;

    static final String SERVERS =
            """
            Each case runs on the smallest set of servers that covers its requirements' topologies; `-Dconformance.profiles=all` runs it on every
            server that its requirements allow. `-` stands for cases that need no server.

            """;

    static final String REPEATS =
            """
            A case with limits of some milliseconds of its own is run again, four times at most, when two things come together. It failed by time: something ran into a
            timeout, succeeded where it should have run into one, or other commands were sent than should be. And something is known to have held threads up
            meanwhile: a thread that wants to run every 4 ms was 2 ms late or more, for 8 ms in all, 50 classes or more were loaded, or the machine's load was above the number of its processors. What fails
            otherwise, or without such a reason, fails.

            """;

    static final String OFFICIAL =
            """
            The list is that of the repository `mongodb/mongo-java-driver` of August 2026 (its unified tests' modifications, without encryption); some of its entries hold
            for some servers, or for the reactive driver, only.

            """;

    private PageText() {}
}
