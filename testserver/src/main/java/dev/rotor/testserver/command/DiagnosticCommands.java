package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.topology.HelloReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Commands that tell about the server and its connections. */
final class DiagnosticCommands {

    private DiagnosticCommands() {}

    static Document buildInfo(Invocation invocation) {
        ServerVersion version = invocation.version();
        return new Document("version", version.toString())
                .append("gitVersion", "rotor-testserver")
                .append("modules", new ArrayList<>())
                .append("allocator", "jvm")
                .append("javascriptEngine", "none")
                .append("sysInfo", "deprecated")
                .append("versionArray", List.of(version.major(), version.minor(), version.patch(), 0))
                .append("openssl", new Document("running", "none").append("compiled", "none"))
                .append("bits", 64)
                .append("debug", false)
                .append("maxBsonObjectSize", HelloReply.MAX_BSON_OBJECT_SIZE)
                .append("storageEngines", List.of("wiredTiger"));
    }

    static Document serverStatus(Invocation invocation) {
        ServerProcess process = invocation.process();
        Instant now = invocation.cluster().clock().instant();
        Duration uptime = Duration.between(process.startedAt(), now);
        Document status = new Document("host", process.address())
                .append("version", invocation.version().toString())
                .append("process", invocation.role() == MemberRole.MONGOS ? "mongos" : "mongod")
                .append("pid", ProcessHandle.current().pid())
                .append("uptime", (double) uptime.toSeconds())
                .append("uptimeMillis", uptime.toMillis())
                .append("localTime", now)
                .append(
                        "connections",
                        new Document("current", process.connectionCount())
                                .append("available", 51_200 - process.connectionCount())
                                .append("totalCreated", process.connectionsCreated())
                                .append("active", process.running().size()))
                .append("storageEngine", new Document("name", "wiredTiger").append("supportsCommittedReads", true));
        status.append(
                "network",
                new Document("compression", process.compressionCounters().show(process.compressions())));
        if (invocation.cluster().kind().hasClusterTime()) {
            status.append(
                    "logicalSessionRecordCache",
                    new Document(
                            "activeSessionsCount",
                            invocation.localSessions(true).size()));
        }
        return status;
    }

    static Document connectionStatus(Invocation invocation) {
        String user = invocation.user();
        List<Document> users = new ArrayList<>();
        List<Document> roles = new ArrayList<>();
        if (!user.isEmpty()) {
            int at = user.lastIndexOf('@');
            users.add(new Document("user", user.substring(0, at)).append("db", user.substring(at + 1)));
            roles.addAll(invocation.cluster().users().rolesOf(user));
        }
        return new Document(
                "authInfo", new Document("authenticatedUsers", users).append("authenticatedUserRoles", roles));
    }

    static Document hostInfo(Invocation invocation) {
        Runtime runtime = Runtime.getRuntime();
        return new Document(
                        "system",
                        new Document("currentTime", invocation.cluster().clock().instant())
                                .append("hostname", invocation.process().address())
                                .append("cpuAddrSize", 64)
                                .append("memSizeMB", runtime.maxMemory() >> 20)
                                .append("numCores", runtime.availableProcessors())
                                .append("cpuArch", System.getProperty("os.arch")))
                .append("os", new Document("type", System.getProperty("os.name")))
                .append("extra", new Document());
    }

    static Document commandLine(Invocation invocation) {
        String address = invocation.process().address();
        Document net = new Document("port", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        Document parsed = new Document("net", net);
        List<String> argv = new ArrayList<>(List.of("mongod"));
        if (invocation.cluster().auth()) {
            parsed.append("security", new Document("authorization", "enabled"));
            argv.add("--auth");
        }
        if (!invocation.cluster().setName().isEmpty()) {
            parsed.append(
                    "replication", new Document("replSet", invocation.cluster().setName()));
            argv.add("--replSet=" + invocation.cluster().setName());
        }
        return new Document("argv", argv).append("parsed", parsed);
    }

    /** There is no log to be shown: its lines are those of this program's own log. */
    static Document log(Invocation invocation) {
        Object which = invocation.command().get("getLog");
        if ("*".equals(which)) {
            return new Document("names", List.of("global", "startupWarnings"));
        }
        if ("global".equals(which) || "startupWarnings".equals(which)) {
            return new Document("totalLinesWritten", 0).append("log", new ArrayList<>());
        }
        throw new CommandError(ErrorCode.OPERATION_FAILED, "No log named '" + which + "'");
    }

    static Document currentOp(Invocation invocation) {
        return new Document("inprog", invocation.currentOperations());
    }

    static Document killOp(Invocation invocation) {
        if (!(invocation.command().get("op") instanceof Number id)) {
            throw new CommandError(ErrorCode.NO_SUCH_KEY, "Did not provide \"op\" field");
        }
        invocation
                .process()
                .interruptIf(
                        each -> each.operationId() == id.longValue(),
                        new CommandError(ErrorCode.INTERRUPTED, "operation was interrupted"));
        return new Document("info", "attempting to kill op");
    }

    /** There are no files; a lock against writes is not offered. */
    static Document fsync(Invocation invocation) {
        Object lock = invocation.command().get("lock");
        if (Boolean.TRUE.equals(lock) || (lock instanceof Number number && number.doubleValue() != 0)) {
            throw new CommandError(ErrorCode.COMMAND_NOT_SUPPORTED, "fsync with lock is not supported by this server");
        }
        return new Document("numFiles", 1);
    }

    static Document isMongos(Invocation invocation) {
        return new Document("isdbgrid", 1)
                .append("hostname", invocation.process().address());
    }

    static Document defaultConcerns(Invocation invocation) {
        return new Document("defaultReadConcern", new Document("level", "local"))
                .append("defaultWriteConcern", new Document("w", "majority").append("wtimeout", 0))
                .append("defaultWriteConcernSource", "implicit")
                .append("defaultReadConcernSource", "implicit")
                .append("localUpdateWallClockTime", invocation.cluster().clock().instant());
    }

    static Document shutdown(Invocation invocation) {
        invocation.process().control().shutdownSoon();
        return new Document();
    }
}
