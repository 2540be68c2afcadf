package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.Hex;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.FindQuery;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsFile;
import dev.rotor.gridfs.GridFsUploadOptions;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;

/** Operations of a GridFS bucket. */
final class BucketOperations {

    private static final int NEWEST = -1;

    private BucketOperations() {}

    static Map<String, Handler<GridFsBucket>> table() {
        return Map.ofEntries(
                Map.entry("upload", BucketOperations::upload),
                Map.entry("uploadWithId", BucketOperations::uploadWithId),
                Map.entry("download", BucketOperations::download),
                Map.entry("downloadByName", BucketOperations::downloadByName),
                Map.entry("find", BucketOperations::find),
                Map.entry("delete", BucketOperations::delete),
                Map.entry("deleteByName", BucketOperations::deleteByName),
                Map.entry("rename", BucketOperations::rename),
                Map.entry("renameByName", BucketOperations::renameByName),
                Map.entry("drop", BucketOperations::drop));
    }

    private static GridFsBucket view(GridFsBucket bucket, Arguments arguments) {
        return arguments.with(bucket, "timeoutMS", Values::millis, GridFsBucket::withTimeout);
    }

    private static byte[] source(BsonValue value) {
        Arguments fields = new Arguments("source", Values.document(value));
        byte[] bytes = Hex.bytes(fields.required("$$hexBytes", Values::string));
        fields.assertAllUsed();
        return bytes;
    }

    private static GridFsUploadOptions uploadOptions(Arguments arguments) {
        // The specification has given MD5 up, and so the driver has no way to ask for it.
        if (!arguments.orElse("disableMD5", Values::bool, true)) {
            throw new RunnerException("the driver computes no MD5");
        }
        GridFsUploadOptions options = GridFsUploadOptions.DEFAULT;
        options = arguments.with(options, "chunkSizeBytes", Values::int32, GridFsUploadOptions::chunkSizeBytes);
        return arguments.with(options, "metadata", Values::bson, GridFsUploadOptions::metadata);
    }

    private static Handler.Action upload(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        String filename = arguments.required("filename", Values::string);
        byte[] bytes = arguments.required("source", BucketOperations::source);
        GridFsUploadOptions options = uploadOptions(arguments);
        return () -> Result.of(new BsonObjectId(Await.result(bucket.uploadFromBytes(filename, bytes, options))));
    }

    private static Handler.Action uploadWithId(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        BsonValue id = arguments.required("id", Values::any);
        String filename = arguments.required("filename", Values::string);
        byte[] bytes = arguments.required("source", BucketOperations::source);
        GridFsUploadOptions options = uploadOptions(arguments);
        return () -> Result.after(bucket.uploadFromBytesWithId(id, filename, bytes, options));
    }

    private static Handler.Action download(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        BsonValue id = arguments.required("id", Values::any);
        return () -> Result.of(
                new BsonBinary(Await.result(bucket.openDownloadStream(id).toBytes())));
    }

    private static Handler.Action downloadByName(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        String filename = arguments.required("filename", Values::string);
        int revision = arguments.orElse("revision", Values::int32, NEWEST);
        return () -> Result.of(new BsonBinary(
                Await.result(bucket.openDownloadStreamByName(filename, revision).toBytes())));
    }

    private static Handler.Action find(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        BsonDocument filter = arguments.required("filter", Values::document);
        FindQuery<GridFsFile> query = bucket.find(filter);
        query = arguments.with(query, "sort", Values::bson, FindQuery<GridFsFile>::sort);
        query = arguments.with(query, "skip", Values::int64, FindQuery<GridFsFile>::skip);
        query = arguments.with(query, "limit", Values::int64, FindQuery<GridFsFile>::limit);
        query = arguments.with(query, "batchSize", Values::int32, FindQuery<GridFsFile>::batchSize);
        query = arguments.with(query, "allowDiskUse", Values::bool, FindQuery<GridFsFile>::allowDiskUse);
        query = arguments.with(query, "maxTimeMS", Values::millis, FindQuery<GridFsFile>::maxTime);
        query = arguments.with(query, "noCursorTimeout", Values::bool, FindQuery<GridFsFile>::noCursorTimeout);
        FindQuery<GridFsFile> all = query;
        return () -> Result.documents(
                Await.result(all.toList()).stream().map(GridFsFile::document).toList());
    }

    private static Handler.Action delete(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        BsonValue id = arguments.required("id", Values::any);
        return () -> Result.after(bucket.delete(id));
    }

    private static Handler.Action deleteByName(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        String filename = arguments.required("filename", Values::string);
        return () -> Result.after(bucket.deleteByName(filename));
    }

    private static Handler.Action rename(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        BsonValue id = arguments.required("id", Values::any);
        String newFilename = arguments.required("newFilename", Values::string);
        return () -> Result.after(bucket.rename(id, newFilename));
    }

    private static Handler.Action renameByName(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        String filename = arguments.required("filename", Values::string);
        String newFilename = arguments.required("newFilename", Values::string);
        return () -> Result.after(bucket.renameByName(filename, newFilename));
    }

    private static Handler.Action drop(GridFsBucket entity, Arguments arguments, CaseContext context) {
        GridFsBucket bucket = view(entity, arguments);
        return () -> Result.after(bucket.drop());
    }
}
