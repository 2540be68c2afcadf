package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.failpoint.FailPoints;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which commands the front answers by itself. */
final class FrontCommands {

    private final Map<String, FrontCommand> commands = new HashMap<>();

    /** For tests only: a server without enableTestCommands does not know them. */
    private final Map<String, FrontCommand> testCommands = new HashMap<>();

    private final Map<String, FrontCommand> replicaSetCommands = new HashMap<>();

    FrontCommands() {
        handshake();
        diagnosis();
        sessions();
        users();
        replication();
        testCommands.put("configureFailPoint", FrontCommands::configureFailPoint);
        for (String each : new String[] {
            "testVersion2", "testVersions1And2", "testDeprecation", "testDeprecationInVersion2", "testRemoval"
        }) {
            testCommands.put(each, invocation -> new Document());
        }
    }

    private static Document configureFailPoint(Invocation invocation) {
        FailPoints failPoints = invocation.process().failPoints();
        Document reply = failPoints.configure(invocation.command());
        invocation
                .cluster()
                .topology()
                .fetches(invocation.member(), !failPoints.stopReplProducer().isOn());
        return reply;
    }

    private void handshake() {
        HelloCommand hello = new HelloCommand();
        commands.put("hello", hello);
        commands.put("isMaster", hello);
        commands.put("ismaster", hello);
        commands.put("saslStart", each -> AuthCommands.start(each, each.command(), each.database()));
        commands.put("saslContinue", AuthCommands::proceed);
        commands.put("authenticate", AuthCommands::authenticate);
        commands.put("getnonce", AuthCommands::getNonce);
        commands.put("logout", AuthCommands::logout);
    }

    private void diagnosis() {
        commands.put("ping", each -> new Document());
        commands.put("buildInfo", DiagnosticCommands::buildInfo);
        commands.put("buildinfo", DiagnosticCommands::buildInfo);
        commands.put("serverStatus", DiagnosticCommands::serverStatus);
        commands.put("connectionStatus", DiagnosticCommands::connectionStatus);
        commands.put("whatsmyuri", each -> new Document("you", each.connection().remoteAddress()));
        commands.put("hostInfo", DiagnosticCommands::hostInfo);
        commands.put("getCmdLineOpts", DiagnosticCommands::commandLine);
        commands.put("getLog", DiagnosticCommands::log);
        commands.put("currentOp", DiagnosticCommands::currentOp);
        commands.put("killOp", DiagnosticCommands::killOp);
        commands.put("getParameter", each -> each.process().parameters().show(each.command()));
        commands.put("setParameter", each -> each.process().parameters().set(each.command()));
        commands.put("isdbgrid", DiagnosticCommands::isMongos);
        commands.put("getDefaultRWConcern", DiagnosticCommands::defaultConcerns);
        commands.put("fsync", DiagnosticCommands::fsync);
        commands.put("shutdown", DiagnosticCommands::shutdown);
    }

    private void sessions() {
        commands.put("startSession", SessionCommands::start);
        commands.put("endSessions", SessionCommands::end);
        commands.put("refreshSessions", SessionCommands::refresh);
        commands.put("killSessions", SessionCommands::kill);
        commands.put("killAllSessions", SessionCommands::killAll);
        commands.put("killAllSessionsByPattern", SessionCommands::killAll);
    }

    private void users() {
        commands.put(
                "createUser",
                each -> each.cluster().users().create(each.database(), each.command(), AuthCommands.iterations(each)));
        commands.put(
                "updateUser",
                each -> each.cluster().users().update(each.database(), each.command(), AuthCommands.iterations(each)));
        commands.put("dropUser", each -> each.cluster().users().drop(each.database(), each.command()));
        commands.put("dropAllUsersFromDatabase", each -> each.cluster().users().dropAll(each.database()));
        commands.put("usersInfo", each -> each.cluster().users().info(each.database(), each.command()));
    }

    private void replication() {
        replicaSetCommands.put("replSetGetStatus", ReplicationCommands::status);
        replicaSetCommands.put("replSetGetConfig", ReplicationCommands::config);
        replicaSetCommands.put("replSetStepDown", ReplicationCommands::stepDown);
        replicaSetCommands.put("replSetStepUp", ReplicationCommands::stepUp);
        replicaSetCommands.put("replSetFreeze", ReplicationCommands::freeze);
    }

    /** What answers the command, or null if that is not for the front. */
    @Nullable
    FrontCommand find(Invocation invocation) {
        String name = invocation.name();
        FrontCommand found = commands.get(name);
        if (found == null && invocation.parameter("enableTestCommands")) {
            found = testCommands.get(name);
        }
        if (found == null && invocation.deployment() == DeploymentKind.REPLICA_SET) {
            found = replicaSetCommands.get(name);
        }
        if (found == null
                && invocation.deployment() == DeploymentKind.STANDALONE
                && replicaSetCommands.containsKey(name)) {
            return each -> {
                throw new CommandError(ErrorCode.NO_REPLICATION_ENABLED, "not running with --replSet");
            };
        }
        if (name.equals("isdbgrid") && invocation.role() != MemberRole.MONGOS) {
            return null;
        }
        return found;
    }
}
