package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TransactionOptions;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Transactions, "Mongos Pinning Prose Tests". */
class MongosPinningProseTest {

    private final ClusterRig rig = ClusterRig.sharded(2, "localThresholdMS=1000");
    private final ClientSession session = rig.client().startSession();
    private final MongoCollection<Document> things = rig.collection().withSession(session);

    private void insertInTransaction() {
        session.startTransaction(TransactionOptions.DEFAULT);
        rig.done(things.insertOne(new Document()));
        rig.done(session.commitTransaction());
    }

    private ServerAddress find() {
        AsyncCursor<Document> cursor = rig.done(things.find().open());
        assertThat(rig.done(cursor.next())).isNotNull();
        return cursor.server();
    }

    @Test
    void prose1ANewTransactionOnAPinnedSessionSelectsAnew() {
        insertInTransaction();

        Set<ServerAddress> addresses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            session.startTransaction();
            ServerAddress pinned = find();
            assertThat(find()).isEqualTo(pinned);
            assertThat(session.pinnedServer()).isEqualTo(pinned);
            addresses.add(pinned);
            rig.done(session.commitTransaction());
        }

        assertThat(addresses).hasSize(2);
    }

    @Test
    void prose2AnOperationOutsideOfTransactionsSelectsAnew() {
        insertInTransaction();

        Set<ServerAddress> addresses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            addresses.add(find());
        }

        assertThat(addresses).hasSize(2);
    }
}
