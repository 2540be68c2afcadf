package dev.rotor.driver.core.client;

import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.core.op.ClientBulkWrite;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** The bulk writes of a client: checks what can be checked before anything is sent, and gives documents their ids. */
final class ClientBulkWrites {

    private ClientBulkWrites() {}

    static ClientBulkWrite start(
            Engine engine,
            Scope admin,
            List<? extends ClientNamespacedWriteModel> models,
            ClientBulkWriteOptions options) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models must not be empty");
        }
        if (!admin.isAcknowledged()) {
            if (options.verboseResults()) {
                throw new IllegalArgumentException("Cannot request unacknowledged write concern and verbose results");
            }
            if (options.ordered()) {
                throw new IllegalArgumentException("Cannot request unacknowledged write concern and ordered writes");
            }
        }
        CodecRegistry registry = admin.codecRegistry();
        List<ClientNamespacedWriteModel> checked = new ArrayList<>(models.size());
        @Nullable BsonValue[] ids = new BsonValue[models.size()];
        for (int i = 0; i < ids.length; i++) {
            ClientNamespacedWriteModel one = Objects.requireNonNull(models.get(i), "models");
            WriteModel<?> model = one.model();
            if (model instanceof InsertOneModel<?> insert) {
                DocumentIds.Identified<?> identified = identify(insert.document(), registry);
                ids[i] = identified.id();
                model = new InsertOneModel<>(identified.document());
            } else {
                model = checked(model, registry);
            }
            checked.add(model == one.model() ? one : new ClientNamespacedWriteModel(one.namespace(), model));
        }
        return new ClientBulkWrite(engine, admin, checked, ids, options).start();
    }

    @SuppressWarnings("unchecked")
    private static <T> DocumentIds.Identified<T> identify(T document, CodecRegistry registry) {
        Codec<T> codec = Codecs.find(registry, (Class<T>) document.getClass());
        return DocumentIds.identify(document, codec);
    }

    private static WriteModel<?> checked(WriteModel<?> model, CodecRegistry registry) {
        if (model instanceof UpdateOneModel<?> update && update.update() != null) {
            return new UpdateOneModel<>(
                    update.filter(), UpdateChecks.update(update.update(), registry), update.options());
        }
        if (model instanceof UpdateManyModel<?> update && update.update() != null) {
            return new UpdateManyModel<>(
                    update.filter(), UpdateChecks.update(update.update(), registry), update.options());
        }
        if (model instanceof ReplaceOneModel<?> replace) {
            UpdateChecks.replacement(replace.replacement());
        }
        return model;
    }
}
