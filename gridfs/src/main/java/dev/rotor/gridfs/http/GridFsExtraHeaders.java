package dev.rotor.gridfs.http;

import dev.rotor.gridfs.GridFsFile;

/** Adds header fields to the response with a file, or changes those that are there. Must not block. */
@FunctionalInterface
public interface GridFsExtraHeaders {

    /**
     * Changes the header fields of one response, before the conditions of the request are looked at: they are compared
     * with the {@code ETag} and {@code Last-Modified} that are left here.
     *
     * @param headers the fields as they are to be sent; without those that say how the message is framed
     * @param file the file that is sent
     * @param request the request
     */
    void addTo(GridFsHttpHeaders headers, GridFsFile file, GridFsHttpRequest request);
}
