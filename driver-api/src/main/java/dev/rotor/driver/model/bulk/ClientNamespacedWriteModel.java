package dev.rotor.driver.model.bulk;

import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.WriteModel;
import java.util.List;
import java.util.Objects;
import org.bson.conversions.Bson;

/**
 * One write of a bulk write of a client: what is written, and to which collection. Documents are written by the codecs
 * of the client.
 *
 * @param namespace the collection
 * @param model the write
 */
public record ClientNamespacedWriteModel(MongoNamespace namespace, WriteModel<?> model) {

    public ClientNamespacedWriteModel {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(model, "model");
    }

    /**
     * Inserts a document. When it has no {@code _id} the driver gives it one.
     *
     * @param namespace the collection
     * @param document the document
     * @return the write
     */
    public static ClientNamespacedWriteModel insertOne(MongoNamespace namespace, Object document) {
        return new ClientNamespacedWriteModel(namespace, new InsertOneModel<>(document));
    }

    /**
     * Updates the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @param update a document of update operators
     * @return the write
     */
    public static ClientNamespacedWriteModel updateOne(MongoNamespace namespace, Bson filter, Bson update) {
        return updateOne(namespace, filter, update, UpdateOptions.DEFAULT);
    }

    /**
     * Updates the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @param update a document of update operators
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel updateOne(
            MongoNamespace namespace, Bson filter, Bson update, UpdateOptions options) {
        return new ClientNamespacedWriteModel(namespace, new UpdateOneModel<>(filter, update, options));
    }

    /**
     * Updates the first document that matches by a pipeline.
     *
     * @param namespace the collection
     * @param filter which document
     * @param pipeline the stages, at least one
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if the pipeline is empty, or an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel updateOne(
            MongoNamespace namespace, Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return new ClientNamespacedWriteModel(namespace, new UpdateOneModel<>(filter, pipeline, options));
    }

    /**
     * Updates all documents that match.
     *
     * @param namespace the collection
     * @param filter which documents
     * @param update a document of update operators
     * @return the write
     */
    public static ClientNamespacedWriteModel updateMany(MongoNamespace namespace, Bson filter, Bson update) {
        return updateMany(namespace, filter, update, UpdateOptions.DEFAULT);
    }

    /**
     * Updates all documents that match.
     *
     * @param namespace the collection
     * @param filter which documents
     * @param update a document of update operators
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel updateMany(
            MongoNamespace namespace, Bson filter, Bson update, UpdateOptions options) {
        return new ClientNamespacedWriteModel(namespace, new UpdateManyModel<>(filter, update, options));
    }

    /**
     * Updates all documents that match by a pipeline.
     *
     * @param namespace the collection
     * @param filter which documents
     * @param pipeline the stages, at least one
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if the pipeline is empty, or an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel updateMany(
            MongoNamespace namespace, Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return new ClientNamespacedWriteModel(namespace, new UpdateManyModel<>(filter, pipeline, options));
    }

    /**
     * Replaces the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @return the write
     */
    public static ClientNamespacedWriteModel replaceOne(MongoNamespace namespace, Bson filter, Object replacement) {
        return replaceOne(namespace, filter, replacement, ReplaceOptions.DEFAULT);
    }

    /**
     * Replaces the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel replaceOne(
            MongoNamespace namespace, Bson filter, Object replacement, ReplaceOptions options) {
        return new ClientNamespacedWriteModel(namespace, new ReplaceOneModel<>(filter, replacement, options));
    }

    /**
     * Deletes the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @return the write
     */
    public static ClientNamespacedWriteModel deleteOne(MongoNamespace namespace, Bson filter) {
        return deleteOne(namespace, filter, DeleteOptions.DEFAULT);
    }

    /**
     * Deletes the first document that matches.
     *
     * @param namespace the collection
     * @param filter which document
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel deleteOne(MongoNamespace namespace, Bson filter, DeleteOptions options) {
        return new ClientNamespacedWriteModel(namespace, new DeleteOneModel<>(filter, options));
    }

    /**
     * Deletes all documents that match.
     *
     * @param namespace the collection
     * @param filter which documents
     * @return the write
     */
    public static ClientNamespacedWriteModel deleteMany(MongoNamespace namespace, Bson filter) {
        return deleteMany(namespace, filter, DeleteOptions.DEFAULT);
    }

    /**
     * Deletes all documents that match.
     *
     * @param namespace the collection
     * @param filter which documents
     * @param options how
     * @return the write
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public static ClientNamespacedWriteModel deleteMany(MongoNamespace namespace, Bson filter, DeleteOptions options) {
        return new ClientNamespacedWriteModel(namespace, new DeleteManyModel<>(filter, options));
    }
}
