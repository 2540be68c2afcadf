package dev.rotor.gridfs;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;

/** Files as they lie in the files collection. */
final class FileCodec implements Codec<GridFsFile> {

    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

    private final CodecRegistry forMetadata;

    FileCodec(CodecRegistry forMetadata) {
        this.forMetadata = forMetadata;
    }

    @Override
    public Class<GridFsFile> getEncoderClass() {
        return GridFsFile.class;
    }

    @Override
    public void encode(BsonWriter writer, GridFsFile file, EncoderContext context) {
        DOCUMENTS.encode(writer, file.document(), context);
    }

    @Override
    public GridFsFile decode(BsonReader reader, DecoderContext context) {
        return new GridFsFile(DOCUMENTS.decode(reader, context), forMetadata);
    }
}
