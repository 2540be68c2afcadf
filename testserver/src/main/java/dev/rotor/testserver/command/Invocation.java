package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.ApiParameters;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.ReadConcern;
import dev.rotor.testserver.engine.ServerContext;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.failpoint.FailCommand;
import dev.rotor.testserver.net.Connection;
import dev.rotor.testserver.session.ErrorLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One command on its way: what was read of it, what it may see, and what happened to it. */
final class Invocation implements ServerContext {

    private static final AtomicLong OPERATION_IDS = new AtomicLong();

    private final ServerProcess process;
    private final Connection connection;
    private final Client client;
    private final Document command;
    private final String name;
    private final String database;
    private final CommandTraits traits;
    private final Interruption interruption;
    private final long operationId = OPERATION_IDS.incrementAndGet();
    private final Instant startedAt;
    private volatile boolean writing;
    private boolean closesConnection;
    private boolean changeStream;
    private boolean injected;
    private @Nullable List<String> labelsOverride;
    private volatile @Nullable SessionRequest session;
    private ReadConcern readConcern = ReadConcern.NONE;
    private ApiParameters api = ApiParameters.NONE;

    Invocation(ServerProcess process, Connection connection, Client client, String database, Document command) {
        this.process = process;
        this.connection = connection;
        this.client = client;
        this.command = command;
        this.database = database;
        this.name = command.keySet().iterator().next();
        this.traits = CommandTraits.of(name);
        this.startedAt = process.cluster().clock().instant();
        this.interruption = new Interruption(new Interruption.Watcher() {
            @Override
            public void waits(Runnable onDisconnect) {
                connection.watch(onDisconnect);
            }

            @Override
            public void goesOn() {
                connection.unwatch();
            }
        });
    }

    ServerProcess process() {
        return process;
    }

    Cluster cluster() {
        return process.cluster();
    }

    Connection connection() {
        return connection;
    }

    Client client() {
        return client;
    }

    Document command() {
        return command;
    }

    String name() {
        return name;
    }

    /** The name as the engine knows it: old spellings such as {@code dbstats} are the same command. */
    String mainName() {
        return traits.names().contains(name) ? traits.name() : name;
    }

    Document commandUnderMainName() {
        if (mainName().equals(name)) {
            return command;
        }
        Document renamed = new Document(mainName(), command.get(name));
        for (Map.Entry<String, Object> each : command.entrySet()) {
            if (!each.getKey().equals(name)) {
                renamed.put(each.getKey(), each.getValue());
            }
        }
        return renamed;
    }

    String database() {
        return database;
    }

    CommandTraits traits() {
        return traits;
    }

    Interruption interruption() {
        return interruption;
    }

    long operationId() {
        return operationId;
    }

    /** What fail points go by. */
    FailCommand.Occasion occasion() {
        Object collection = command.get(name);
        return new FailCommand.Occasion(
                traits.names().contains(name) ? traits.names() : List.of(name),
                collection instanceof String text ? database + "." + text : database,
                appName());
    }

    /** Since 4.9 the first hello of a connection goes by the application that it names itself. */
    private @Nullable String appName() {
        boolean first = client.metadata() == null && command.get("client") instanceof Document;
        return first && version().atLeast(4, 9) ? Client.appNameOf((Document) command.get("client")) : client.appName();
    }

    boolean isWriting() {
        return writing;
    }

    void writing(boolean is) {
        writing = is;
    }

    /** Whether the connection is to be closed in place of a reply. */
    boolean closesConnection() {
        return closesConnection;
    }

    void closeConnection() {
        closesConnection = true;
    }

    /** Whether the error was made by a fail point, not by the data. */
    boolean isInjected() {
        return injected;
    }

    void injected() {
        injected = true;
    }

    /** The labels that a fail point gives in place of the server's own, or null. */
    @Nullable
    List<String> labelsOverride() {
        return labelsOverride;
    }

    void labelsOverride(@Nullable List<String> labels) {
        labelsOverride = labels;
    }

    @Nullable
    SessionRequest session() {
        return session;
    }

    /** Whether it belongs to one of these sessions. */
    boolean runsIn(Collection<SessionKey> keys) {
        SessionRequest known = session;
        return known != null && keys.contains(known.key());
    }

    void session(@Nullable SessionRequest read) {
        session = read;
    }

    ReadConcern readConcern() {
        return readConcern;
    }

    void readConcern(ReadConcern read) {
        readConcern = read;
    }

    ApiParameters api() {
        return api;
    }

    void api(ApiParameters read) {
        api = read;
    }

    boolean isInTransaction() {
        SessionRequest known = session;
        return known != null && known.autocommit() != null;
    }

    boolean isRetryableWrite() {
        SessionRequest known = session;
        return known != null && known.txnNumber() != null && known.autocommit() == null && traits.isRetryable();
    }

    boolean endsTransaction() {
        return name.equals("commitTransaction") || name.equals("abortTransaction");
    }

    /** What decides the labels of an error of this command. */
    ErrorLabels.Failure failure(@Nullable Integer code, @Nullable Integer writeConcernCode) {
        return new ErrorLabels.Failure(
                version(),
                code,
                writeConcernCode,
                isRetryableWrite(),
                isInTransaction(),
                endsTransaction(),
                changeStream || Access.opensChangeStream(this),
                injected && cluster().kind().isSharded());
    }

    void changeStream() {
        changeStream = true;
    }

    @Override
    public ServerVersion version() {
        return process.version();
    }

    @Override
    public MemberRole role() {
        return process.view().role();
    }

    @Override
    public DeploymentKind deployment() {
        return cluster().kind();
    }

    @Override
    public int member() {
        return process.member();
    }

    @Override
    public long connectionId() {
        return connection.id();
    }

    @Override
    public String user() {
        return client.user();
    }

    @Override
    public List<Document> localSessions(boolean allUsers) {
        return cluster().sessions().describe(key -> allUsers || key.user().equals(client.user()));
    }

    @Override
    public List<Document> currentOperations() {
        List<Document> operations = new ArrayList<>();
        for (Invocation each : process.running()) {
            operations.add(each.describe());
        }
        return operations;
    }

    private Document describe() {
        Document described = new Document("type", "op")
                .append("host", process.address())
                .append("connectionId", connection.id())
                .append("client", connection.remoteAddress());
        described.putIfNotNull("appName", client.appName());
        described.append("active", true).append("opid", operationId).append("currentOpTime", startedAt.toString());
        SessionRequest known = session;
        if (known != null) {
            described.append("lsid", new Document("id", known.key().id()));
        }
        return described
                .append("op", "command")
                .append("ns", database + ".$cmd")
                .append("command", summary());
    }

    /** Commands about users are not shown: they hold passwords. */
    private Document summary() {
        Document shown = new Document(name, command.get(name));
        return name.startsWith("sasl") || name.endsWith("User") ? shown : shown.append("$db", database);
    }

    @Override
    public boolean parameter(String parameterName) {
        return process.parameters().isOn(parameterName);
    }

    /** The server's fail point failGetMoreAfterCursorCheckout. */
    @Override
    public void timeLimited() {
        if (process.failPoints().maxTimeAlwaysTimeOut().strike(each -> true) != null) {
            throw new CommandError(ErrorCode.MAX_TIME_MS_EXPIRED, "operation exceeded time limit");
        }
    }

    @Override
    public void cursorCheckedOut(boolean ofChangeStream) {
        changeStream = ofChangeStream;
        Document data = process.failPoints().failGetMoreAfterCursorCheckout().strike(each -> true);
        if (data == null) {
            return;
        }
        injected = true;
        Integer code = FailCommand.errorCode(data);
        throw new CommandError(
                code == null ? ErrorCode.INTERNAL_ERROR.code() : code,
                "Hit the 'failGetMoreAfterCursorCheckout' failpoint");
    }
}
