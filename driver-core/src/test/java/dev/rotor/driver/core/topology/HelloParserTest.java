package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class HelloParserTest {

    private static final String FULL =
            """
            {ok: 1, helloOk: true, isWritablePrimary: true, setName: 'rs', setVersion: 3, me: 'A:27017',
             electionId: ObjectId('000000000000000000000002'), primary: 'A:27017',
             hosts: ['A:27017', 'b:27017'], passives: ['[::1]:27018'], arbiters: ['d'], tags: {dc: 'ny', odd: 1},
             lastWrite: {lastWriteDate: ISODate('2026-11-21T00:00:00Z')}, logicalSessionTimeoutMinutes: 30,
             topologyVersion: {processId: ObjectId('000000000000000000000001'), counter: NumberLong(9)},
             minWireVersion: 0, maxWireVersion: 25, iscryptd: false, maxBsonObjectSize: 16777216,
             maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000}""";

    @Test
    void everyFieldOfTheReplyIsTakenOverAndHostNamesAreInLowerCase() {
        ServerDescription server = parse(FULL);
        assertThat(server.type()).isEqualTo(ServerType.RS_PRIMARY);
        assertThat(server.setName()).isEqualTo("rs");
        assertThat(server.setVersion()).isEqualTo(3);
        assertThat(server.electionId()).isEqualTo(new ObjectId("000000000000000000000002"));
        assertThat(server.me()).isEqualTo(ServerAddress.parse("a:27017"));
        assertThat(server.primary()).isEqualTo(ServerAddress.parse("a:27017"));
        assertThat(server.hosts()).extracting(ServerAddress::toString).containsExactly("a:27017", "b:27017");
        assertThat(server.passives()).extracting(ServerAddress::toString).containsExactly("[::1]:27018");
        assertThat(server.arbiters()).extracting(ServerAddress::toString).containsExactly("d:27017");
        assertThat(server.tags().tags()).isEqualTo(Map.of("dc", "ny"));
        assertThat(server.lastWriteDate()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
        assertThat(server.logicalSessionTimeoutMinutes()).isEqualTo(30);
        assertThat(server.topologyVersion())
                .isEqualTo(new TopologyVersion(new ObjectId("000000000000000000000001"), 9));
        assertThat(server.maxWireVersion()).isEqualTo(25);
        assertThat(server.maxBsonObjectSize()).isEqualTo(16_777_216);
        assertThat(server.maxMessageSizeBytes()).isEqualTo(48_000_000);
        assertThat(server.maxWriteBatchSize()).isEqualTo(100_000);
        assertThat(server.lastUpdateTime()).isEqualTo(77);
    }

    @Test
    void aFieldOfAnUnexpectedTypeIsNoReasonToFail() {
        BsonValue[] odd = {
            new BsonString("x"),
            new BsonInt64(Long.MAX_VALUE),
            new BsonDouble(Double.NaN),
            BsonNull.VALUE,
            new BsonUndefined(),
            new BsonArray(List.of(new BsonString("x"), BsonNull.VALUE)),
            new BsonDocument("processId", new BsonString("x")),
            new BsonBinary(new byte[3])
        };
        BsonDocument full = BsonDocument.parse(FULL);
        for (String name : full.keySet()) {
            for (BsonValue value : odd) {
                BsonDocument reply = full.clone();
                reply.put(name, value);
                assertThat(HelloParser.parse(A, reply, 0).build().address()).isEqualTo(A);
            }
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithItsText() {
        assertThatThrownBy(() -> parse("{ok: 1, setName: 'rs', secondary: true, hosts: ['a:27017', 'a:99999']}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("99999");
    }

    @Test
    void aGhostsHostsAndSetNameAreNotUsed() {
        ServerDescription ghost = parse("{ok: 1, isreplicaset: true, setName: 'rs', hosts: ['b'], maxWireVersion: 21}");
        assertThat(ghost.type()).isEqualTo(ServerType.RS_GHOST);
        assertThat(ghost.setName()).isNull();
        assertThat(ghost.hosts()).isEmpty();
    }

    @Test
    void withoutOkOneTheServerIsUnknown() {
        assertThat(parse("{ok: 0, setName: 'rs', secondary: true}").type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(parse("{}").type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(parse("{ok: true, msg: 'isdbgrid'}").type()).isEqualTo(ServerType.MONGOS);
    }

    @Test
    void theNewFieldForAWritableServerIsAskedBeforeTheOldOne() {
        assertThat(parse("{ok: 1, setName: 'rs', isWritablePrimary: false, ismaster: true, secondary: true}")
                        .type())
                .isEqualTo(ServerType.RS_SECONDARY);
        assertThat(parse("{ok: 1, setName: 'rs', ismaster: true}").type()).isEqualTo(ServerType.RS_PRIMARY);
    }

    private static ServerDescription parse(String hello) {
        return HelloParser.parse(A, BsonDocument.parse(hello), 77).build();
    }
}
