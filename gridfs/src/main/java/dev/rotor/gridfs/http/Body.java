package dev.rotor.gridfs.http;

import dev.rotor.gridfs.GridFsDownload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * What is sent, and how long that is.
 *
 * @param length the number of bytes
 * @param parts publishers to be read one after the other
 */
record Body(long length, List<Flow.Publisher<ByteBuffer>> parts) {

    private static final String LINE = "\r\n";

    /** A part of a file. */
    static Body of(GridFsDownload download, HttpRange range) {
        return new Body(range.length(), List.of(download.range(range.first(), range.last() + 1)));
    }

    /**
     * Several parts of a file as {@code multipart/byteranges} (RFC 9110, section 14.6).
     *
     * @param contentType of the file
     * @param length of the file
     * @param boundary a line that the file does not have
     */
    static Body of(GridFsDownload download, List<HttpRange> ranges, String contentType, long length, String boundary) {
        List<Flow.Publisher<ByteBuffer>> parts = new ArrayList<>();
        long all = 0;
        for (HttpRange range : ranges) {
            byte[] head = (LINE + "--" + boundary + LINE + "Content-Type: " + contentType + LINE + "Content-Range: "
                            + range.contentRange(length) + LINE + LINE)
                    .getBytes(StandardCharsets.US_ASCII);
            parts.add(new OneBuffer(head));
            parts.add(download.range(range.first(), range.last() + 1));
            all += head.length + range.length();
        }
        byte[] end = (LINE + "--" + boundary + "--" + LINE).getBytes(StandardCharsets.US_ASCII);
        parts.add(new OneBuffer(end));
        return new Body(all + end.length, parts);
    }

    /** A few words for people. */
    static Body of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Body(bytes.length, List.of(new OneBuffer(bytes)));
    }
}
