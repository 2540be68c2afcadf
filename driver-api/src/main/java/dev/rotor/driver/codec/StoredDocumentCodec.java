package dev.rotor.driver.codec;

import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonObjectId;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectibleCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.ObjectIdCodec;
import org.bson.codecs.OverridableUuidRepresentationCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A {@link Document}. Says at which field a value could not be written or read. */
final class StoredDocumentCodec implements CollectibleCodec<Document>, OverridableUuidRepresentationCodec<Document> {

    private static final String ID = "_id";
    private static final EncoderContext CONTEXT = EncoderContext.builder().build();

    private final AnyValueCodec<Object> values;

    StoredDocumentCodec(AnyValueCodec<Object> values) {
        this.values = values;
    }

    @Override
    public Codec<Document> withUuidRepresentation(UuidRepresentation uuidRepresentation) {
        return new StoredDocumentCodec(values.withUuidRepresentation(uuidRepresentation));
    }

    @Override
    public Class<Document> getEncoderClass() {
        return Document.class;
    }

    @Override
    public void encode(BsonWriter writer, Document document, EncoderContext context) {
        writer.writeStartDocument();
        // A stored document's _id goes first: the server would put it there anyway.
        boolean idFirst = context.isEncodingCollectibleDocument() && document.containsKey(ID);
        if (idFirst) {
            write(writer, ID, document.get(ID), context);
        }
        for (Map.Entry<String, Object> field : document.entrySet()) {
            String name = field.getKey();
            if (!(idFirst && ID.equals(name))) {
                write(writer, name, field.getValue(), context);
            }
        }
        writer.writeEndDocument();
    }

    private void write(BsonWriter writer, String name, @Nullable Object value, EncoderContext context) {
        try {
            writer.writeName(name);
            if (value == null) {
                writer.writeNull();
            } else {
                values.encode(writer, value, context);
            }
        } catch (RuntimeException e) {
            throw Failures.at(e, String.valueOf(name), Document.class);
        }
    }

    @Override
    public Document decode(BsonReader reader, DecoderContext context) {
        Document document = new Document();
        reader.readStartDocument();
        for (BsonType found = reader.readBsonType(); found != BsonType.END_OF_DOCUMENT; found = reader.readBsonType()) {
            String name = reader.readName();
            try {
                if (found == BsonType.NULL) {
                    reader.readNull();
                    document.put(name, null);
                } else {
                    document.put(name, values.decode(reader, context));
                }
            } catch (RuntimeException e) {
                throw Failures.at(e, name, Document.class);
            }
        }
        reader.readEndDocument();
        return document;
    }

    @Override
    public boolean documentHasId(Document document) {
        return document.containsKey(ID);
    }

    @Override
    public Document generateIdIfAbsentFromDocument(Document document) {
        if (!document.containsKey(ID)) {
            document.put(ID, new ObjectId());
        }
        return document;
    }

    @Override
    public BsonValue getDocumentId(Document document) {
        if (!document.containsKey(ID)) {
            throw new IllegalStateException("the document has no _id");
        }
        Object id = document.get(ID);
        if (id instanceof BsonValue value) {
            return value;
        }
        // The usual id takes no detour, unless somebody registered a codec of their own for it.
        if (id instanceof ObjectId objectId && values.usesFor(ObjectId.class, ObjectIdCodec.class)) {
            return new BsonObjectId(objectId);
        }
        BsonDocument holder = new BsonDocument();
        BsonWriter writer = new BsonDocumentWriter(holder);
        writer.writeStartDocument();
        write(writer, ID, id, CONTEXT);
        writer.writeEndDocument();
        return Objects.requireNonNull(holder.get(ID));
    }
}
