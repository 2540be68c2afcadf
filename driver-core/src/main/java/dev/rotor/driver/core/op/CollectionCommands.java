package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.ChangeStreamPreAndPostImagesOptions;
import dev.rotor.driver.model.ClusteredIndexOptions;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.CreateViewOptions;
import dev.rotor.driver.model.ModifyCollectionOptions;
import dev.rotor.driver.model.RenameCollectionOptions;
import dev.rotor.driver.model.TimeSeriesGranularity;
import dev.rotor.driver.model.TimeSeriesOptions;
import dev.rotor.driver.model.ValidationOptions;
import java.time.Duration;
import java.util.List;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Commands that create, drop and rename collections, views and databases. */
public final class CollectionCommands {

    private static final byte[] BUCKET_MAX_SPAN_SECONDS = CommandWriter.name("bucketMaxSpanSeconds");
    private static final byte[] BUCKET_ROUNDING_SECONDS = CommandWriter.name("bucketRoundingSeconds");
    private static final byte[] GRANULARITY = CommandWriter.name("granularity");
    private static final byte[] META_FIELD = CommandWriter.name("metaField");
    private static final byte[] TIME_FIELD = CommandWriter.name("timeField");

    private CollectionCommands() {}

    /** {@code create} for a collection. */
    static Operation<@Nullable Void> create(Scope scope, String collection, CreateCollectionOptions options) {
        CommandOperation.Body body = (out, connection) -> writeCreate(out, collection, options, scope.codecRegistry());
        return CommandOperation.write("create", scope, body, (reply, context) -> null);
    }

    /** {@code create} for a collection beside one with queryable encryption, on servers that have that. */
    static Operation<@Nullable Void> createForEncryption(
            Scope scope, String collection, CreateCollectionOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            EncryptedCollection.check(connection);
            writeCreate(out, collection, options, scope.codecRegistry());
        };
        return CommandOperation.write("create", scope, body, (reply, context) -> null);
    }

    private static void writeCreate(
            CommandWriter out, String collection, CreateCollectionOptions options, CodecRegistry registry) {
        out.putString(Names.CREATE, collection);
        Fields.put(out, Names.CAPPED, options.capped());
        Fields.put(out, Names.SIZE, options.size());
        Fields.put(out, Names.MAX, options.max());
        putValidation(out, options.validationOptions(), registry);
        Fields.put(out, Names.COLLATION, options.collation(), registry);
        Fields.put(out, Names.STORAGE_ENGINE, options.storageEngine(), registry);
        Fields.put(out, Names.INDEX_OPTION_DEFAULTS, options.indexOptionDefaults(), registry);
        putTimeSeries(out, options.timeSeries());
        putSeconds(out, options.expireAfter());
        putClusteredIndex(out, options.clusteredIndex(), registry);
        putImages(out, options.changeStreamPreAndPostImages());
        Fields.put(out, Names.ENCRYPTED_FIELDS, options.encryptedFields(), registry);
        Fields.put(out, Names.COMMENT, options.comment());
    }

    /** {@code collMod}. */
    public static Operation<@Nullable Void> modify(Scope scope, String name, ModifyCollectionOptions options) {
        CodecRegistry registry = scope.codecRegistry();
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.COLL_MOD, name);
            putValidation(out, options.validationOptions(), registry);
            Fields.put(out, Names.INDEX, options.index(), registry);
            Fields.put(out, Names.VIEW_ON, options.viewOn());
            Fields.put(out, Names.PIPELINE, options.pipeline(), registry);
            putImages(out, options.changeStreamPreAndPostImages());
            putSeconds(out, options.expireAfter());
            TimeSeriesGranularity granularity = options.granularity();
            if (granularity != null) {
                int timeSeries = out.startDocument(Names.TIMESERIES);
                out.putString(GRANULARITY, granularity.wireName());
                out.endDocument(timeSeries);
            }
            Fields.put(out, Names.CAPPED_SIZE, options.cappedSize());
            Fields.put(out, Names.CAPPED_MAX, options.cappedMax());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.write("collMod", scope, body, (reply, context) -> null);
    }

    private static void putImages(CommandWriter out, @Nullable ChangeStreamPreAndPostImagesOptions images) {
        if (images != null) {
            int mark = out.startDocument(Names.CHANGE_STREAM_PRE_AND_POST_IMAGES);
            out.putBoolean(Names.ENABLED, images.enabled());
            out.endDocument(mark);
        }
    }

    private static void putSeconds(CommandWriter out, @Nullable Duration expireAfter) {
        if (expireAfter != null) {
            out.putInt64(Names.EXPIRE_AFTER_SECONDS, expireAfter.toSeconds());
        }
    }

    private static void putValidation(
            CommandWriter out, @Nullable ValidationOptions validation, CodecRegistry registry) {
        if (validation == null) {
            return;
        }
        Fields.put(out, Names.VALIDATOR, validation.validator(), registry);
        if (validation.validationLevel() != null) {
            out.putString(Names.VALIDATION_LEVEL, validation.validationLevel().wireName());
        }
        if (validation.validationAction() != null) {
            out.putString(Names.VALIDATION_ACTION, validation.validationAction().wireName());
        }
    }

    private static void putTimeSeries(CommandWriter out, @Nullable TimeSeriesOptions timeSeries) {
        if (timeSeries == null) {
            return;
        }
        int mark = out.startDocument(Names.TIMESERIES);
        out.putString(TIME_FIELD, timeSeries.timeField());
        Fields.put(out, META_FIELD, timeSeries.metaField());
        if (timeSeries.granularity() != null) {
            out.putString(GRANULARITY, timeSeries.granularity().wireName());
        }
        if (timeSeries.bucketMaxSpan() != null) {
            out.putInt64(BUCKET_MAX_SPAN_SECONDS, timeSeries.bucketMaxSpan().toSeconds());
        }
        if (timeSeries.bucketRounding() != null) {
            out.putInt64(BUCKET_ROUNDING_SECONDS, timeSeries.bucketRounding().toSeconds());
        }
        out.endDocument(mark);
    }

    private static void putClusteredIndex(
            CommandWriter out, @Nullable ClusteredIndexOptions clustered, CodecRegistry registry) {
        if (clustered == null) {
            return;
        }
        int mark = out.startDocument(Names.CLUSTERED_INDEX);
        Fields.put(out, Names.KEY, clustered.key(), registry);
        out.putBoolean(Names.UNIQUE, clustered.unique());
        Fields.put(out, Names.NAME, clustered.name());
        out.endDocument(mark);
    }

    /** {@code create} for a view. */
    public static Operation<@Nullable Void> createView(
            Scope scope, String view, String viewOn, List<? extends Bson> pipeline, CreateViewOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.CREATE, view);
            out.putString(Names.VIEW_ON, viewOn);
            Fields.put(out, Names.PIPELINE, pipeline, scope.codecRegistry());
            Fields.put(out, Names.COLLATION, options.collation(), scope.codecRegistry());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.write("create", scope, body, (reply, context) -> null);
    }

    /** {@code drop} for a collection. */
    static Operation<@Nullable Void> drop(Scope scope, String collection, @Nullable BsonValue comment) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.DROP, collection);
            Fields.put(out, Names.COMMENT, comment);
        };
        return CommandOperation.write("drop", scope, body, (reply, context) -> null);
    }

    /** {@code dropDatabase}. */
    public static Operation<@Nullable Void> dropDatabase(Scope scope) {
        return CommandOperation.write(
                "dropDatabase",
                scope,
                (out, connection) -> out.putInt32(Names.DROP_DATABASE, 1),
                (reply, context) -> null);
    }

    /**
     * {@code renameCollection}.
     *
     * @param admin the view of the database {@code admin}
     */
    public static Operation<@Nullable Void> rename(
            Scope admin, MongoNamespace from, MongoNamespace to, RenameCollectionOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.RENAME_COLLECTION, from.fullName());
            out.putString(Names.TO, to.fullName());
            if (options.dropTarget()) {
                out.putBoolean(Names.DROP_TARGET, true);
            }
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.write("renameCollection", admin, body, (reply, context) -> null);
    }
}
