package dev.rotor.testserver;

import dev.rotor.testserver.engine.DeploymentKind;
import java.util.List;

/**
 * A MongoDB deployment for tests: in process, on real sockets of the loopback address, empty at the start.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.replicaSet(3).version("8.2").start()) {
 *     connect(server.connectionString());
 *     server.member(0).stepDown();
 * }
 * }</pre>
 *
 * It poses as a server of the chosen version as far as drivers can see; it is not a MongoDB. Nothing is written to
 * disk. {@link #close()} leaves no thread and no socket.
 */
public interface TestServer extends AutoCloseable {

    /** One mongod outside any replica set. */
    static TestServerBuilder standalone() {
        return new TestServerBuilder(DeploymentKind.STANDALONE, 1);
    }

    /** A replica set. {@code members} is 1 to 7; the first is primary at the start */
    static TestServerBuilder replicaSet(int members) {
        return new TestServerBuilder(DeploymentKind.REPLICA_SET, members);
    }

    /** A sharded cluster. {@code mongos} is 1 to 7. */
    static TestServerBuilder sharded(int mongos) {
        return new TestServerBuilder(DeploymentKind.SHARDED, mongos);
    }

    /** A sharded cluster behind load balancers. {@code mongos} is 1 to 7. */
    static TestServerBuilder loadBalanced(int mongos) {
        return new TestServerBuilder(DeploymentKind.LOAD_BALANCED, mongos);
    }

    /**
     * How a client connects: all addresses, {@code replicaSet}, {@code loadBalanced}, and the credential if there is
     * authentication.
     */
    String connectionString();

    /** {@code host:port} of every member, in order; of a load balanced cluster, its mongos themselves. */
    List<String> addresses();

    /**
     * {@code host:port} of the load balancers of a load balanced cluster: the first spreads connections over the first
     * mongos only, the second, if there are several mongos, over all of them in turn. Empty for other deployments.
     */
    List<String> loadBalancerAddresses();

    /** Name of the replica set, or empty. */
    String setName();

    /** The member of that number, from 0. */
    Member member(int number);

    /** All members, in order. */
    List<Member> members();

    /** The member that is primary at the moment; an IllegalStateException if none is. */
    Member primary();

    /** Ends all members and waits for their threads. */
    @Override
    void close();
}
