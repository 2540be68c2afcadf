package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ReadPreference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The prose tests of Retryable Reads and Retryable Writes that need more than one server, or a pool that is cleared.
 */
class RetryProseTest {

    private static final String UNREACHABLE =
            "{ok: 0, code: 6, errmsg: 'host unreachable', errorLabels: ['RetryableWriteError']}";
    private static final String STOPPING =
            "{ok: 0, code: 91, errmsg: 'stopping', errorLabels: ['RetryableWriteError']}";

    private static CompletionStage<?> insert(ClusterRig rig) {
        return rig.collection().insertOne(new Document("a", 1));
    }

    private static CompletionStage<?> find(ClusterRig rig) {
        return rig.collection().find().first();
    }

    private static void assertPoolClearedInBetween(ClusterRig rig, String command) {
        List<String> pool = rig.events.stream()
                .filter(event -> event.startsWith("check") || event.startsWith("pool"))
                .toList();
        assertThat(pool.subList(0, 3))
                .containsExactly("checked out", "pool cleared", "check out failed: CONNECTION_ERROR");
        assertThat(rig.events.stream().filter(("started " + command)::equals)).hasSize(3);
    }

    @Test
    @DisplayName("Retryable Reads, prose test 1: PoolClearedError retryability")
    void readsThatFindThePoolClearedAreRetried() {
        ClusterRig rig = ClusterRig.replicaSet(1, "&maxPoolSize=1");
        rig.client();
        rig.member(0).fail(1, "find", Duration.ofSeconds(1), STOPPING);

        CompletionStage<?> first = find(rig);
        CompletionStage<?> second = find(rig);

        rig.done(first);
        rig.done(second);
        assertPoolClearedInBetween(rig, "find");
    }

    @Test
    @DisplayName("Retryable Writes, prose test 2: drivers properly retry after encountering PoolClearedErrors")
    void writesThatFindThePoolClearedAreRetried() {
        ClusterRig rig = ClusterRig.replicaSet(1, "&maxPoolSize=1");
        rig.client();
        rig.member(0).fail(1, "insert", Duration.ofSeconds(1), STOPPING);

        CompletionStage<?> first = insert(rig);
        CompletionStage<?> second = insert(rig);

        rig.done(first);
        rig.done(second);
        assertPoolClearedInBetween(rig, "insert");
    }

    @Test
    @DisplayName("Retryable Reads, prose test 2.1: retried on a different mongos when one is available")
    void aReadIsRetriedOnAnotherMongos() {
        for (int seed = 0; seed < 20; seed++) {
            ClusterRig rig = ClusterRig.sharded(2, "");
            rig.random.setSeed(seed);
            rig.member(0).fail(1, "find", UNREACHABLE);
            rig.member(1).fail(1, "find", UNREACHABLE);

            rig.failure(find(rig));

            assertThat(rig.failedOn).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("Retryable Writes, prose test 4: retried on a different mongos when one is available")
    void aWriteIsRetriedOnAnotherMongos() {
        for (int seed = 0; seed < 20; seed++) {
            ClusterRig rig = ClusterRig.sharded(2, "");
            rig.random.setSeed(seed);
            rig.member(0).fail(1, "insert", UNREACHABLE);
            rig.member(1).fail(1, "insert", UNREACHABLE);

            rig.failure(insert(rig));

            assertThat(rig.failedOn).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("Retryable Reads, prose test 2.2: retried on the same mongos when no others are available")
    void aReadIsRetriedOnTheOnlyMongos() {
        ClusterRig rig = ClusterRig.sharded(1, "");
        rig.member(0).fail(1, "find", UNREACHABLE);

        rig.done(find(rig));

        assertThat(rig.failedOn).hasSize(1).isEqualTo(rig.succeededOn);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 5: retried on the same mongos when no others are available")
    void aWriteIsRetriedOnTheOnlyMongos() {
        ClusterRig rig = ClusterRig.sharded(1, "");
        rig.member(0).fail(1, "insert", FakeMember.BREAK);

        rig.done(insert(rig));

        assertThat(rig.failedOn).hasSize(1).isEqualTo(rig.succeededOn);
    }

    private static String overloaded(int code) {
        return "{ok: 0, code: " + code + ", errmsg: 'busy', errorLabels: ['RetryableError', 'SystemOverloadedError']}";
    }

    private static ClusterRig primaryPreferred(String options) {
        ClusterRig rig = ClusterRig.replicaSet(2, options);
        rig.settings.readPreference(ReadPreference.PRIMARY_PREFERRED);
        return rig;
    }

    @Test
    @DisplayName("Retryable Reads, prose test 3.1: overload errors are retried on a different member with"
            + " enableOverloadRetargeting")
    void anOverloadedMemberIsAvoidedWhenTheUserWantsThat() {
        ClusterRig rig = primaryPreferred("&enableOverloadRetargeting=true");
        rig.member(0).fail(1, "find", overloaded(6));

        rig.done(find(rig));

        assertThat(rig.failedOn).containsExactly(rig.member(0).address);
        assertThat(rig.succeededOn).containsExactly(rig.member(1).address);
    }

    @Test
    @DisplayName("Retryable Reads, prose test 3.2: other errors are retried on the same member")
    void aMemberThatIsNotOverloadedIsNotAvoided() {
        ClusterRig rig = primaryPreferred("&enableOverloadRetargeting=true");
        rig.member(0).fail(1, "find", "{ok: 0, code: 6, errmsg: 'no', errorLabels: ['RetryableError']}");

        rig.done(find(rig));

        assertThat(rig.failedOn).hasSize(1).isEqualTo(rig.succeededOn);
    }

    @Test
    @DisplayName("Retryable Reads, prose test 3.3: overload errors are retried on the same member by default")
    void anOverloadedMemberIsNotAvoidedByDefault() {
        ClusterRig rig = primaryPreferred("");
        rig.member(0).fail(1, "find", overloaded(6));

        rig.done(find(rig));

        assertThat(rig.failedOn).hasSize(1).isEqualTo(rig.succeededOn);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 1: the storage engine does not take retryable writes")
    void aServerWithoutRetryableWritesIsExplained() {
        ClusterRig rig = ClusterRig.replicaSet(1, "");
        rig.member(0)
                .fail(
                        1,
                        "insert",
                        "{ok: 0, code: 20, errmsg: 'Transaction numbers are only allowed on a replica set member or"
                                + " mongos'}");

        assertThat(rig.failure(insert(rig))).isInstanceOfSatisfying(MongoException.class, e -> {
            assertThat(e.code()).isEqualTo(20);
            assertThat(e)
                    .hasMessageContaining("This MongoDB deployment does not support retryable writes. Please add"
                            + " retryWrites=false to your connection string.");
        });
    }

    @Test
    @DisplayName("Retryable Writes, prose test 3: the original error after a WriteConcernError with a label")
    void theWriteConcernErrorIsToldWhenTheRetryWroteNothing() {
        ClusterRig rig = ClusterRig.replicaSet(1, "");
        rig.member(0)
                .fail(
                        1,
                        "insert",
                        "{ok: 1, n: 1, writeConcernError: {code: 91, errmsg: 'stopping'}, errorLabels:"
                                + " ['RetryableWriteError']}");
        rig.onSucceeded = () -> {
            rig.onSucceeded = () -> {};
            rig.member(0)
                    .fail(
                            1,
                            "insert",
                            "{ok: 0, code: 10107, errmsg: 'not primary', errorLabels: ['RetryableWriteError',"
                                    + " 'NoWritesPerformed']}");
        };

        assertThat(rig.failure(insert(rig))).isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.code())
                .isEqualTo(91));
        assertThat(rig.member(0).count("insert")).isEqualTo(2);
    }

    @Test
    void aHandshakeThatBreaksIsRetried() {
        ClusterRig rig = ClusterRig.replicaSet(1, "");
        rig.client();
        rig.member(0).fail(1, "hello", FakeMember.BREAK);
        rig.done(insert(rig));

        ClusterRig other = ClusterRig.replicaSet(1, "");
        other.client();
        other.member(0).fail(1, "hello", FakeMember.BREAK);
        other.done(find(other));

        assertThat(rig.events).contains("check out failed: CONNECTION_ERROR").doesNotContain("pool cleared");
        assertThat(other.events).contains("check out failed: CONNECTION_ERROR").doesNotContain("pool cleared");
    }
}
