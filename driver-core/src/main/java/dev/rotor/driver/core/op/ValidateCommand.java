package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.ValidateCollectionOptions;
import org.bson.codecs.Decoder;

/** {@code validate}. */
public final class ValidateCommand {

    private static final byte[] VALIDATE = CommandWriter.name("validate");
    private static final byte[] FULL = CommandWriter.name("full");
    private static final byte[] BACKGROUND = CommandWriter.name("background");
    private static final byte[] SCANDATA = CommandWriter.name("scandata");
    private static final byte[] METADATA = CommandWriter.name("metadata");
    private static final byte[] CHECK_BSON_CONFORMANCE = CommandWriter.name("checkBSONConformance");

    private ValidateCommand() {}

    /**
     * Makes the operation.
     *
     * @param scope a view whose read preference is primary
     */
    public static <R> Operation<R> of(
            Scope scope, String collection, ValidateCollectionOptions options, Decoder<R> decoder) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(VALIDATE, collection);
            Fields.put(out, FULL, options.full());
            Fields.put(out, BACKGROUND, options.background());
            Fields.put(out, SCANDATA, options.scandata());
            Fields.put(out, METADATA, options.metadata());
            Fields.put(out, CHECK_BSON_CONFORMANCE, options.checkBsonConformance());
            Fields.putMaxTime(out, scope, options.maxTime());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.asGiven(
                "validate", scope, body, (reply, context) -> reply.decodeDocument(reply.bodyOffset(), decoder));
    }
}
