/**
 * Serves GridFS files over HTTP. {@link dev.rotor.gridfs.http.GridFsHttp} makes a response out of a request and knows
 * no server; {@link dev.rotor.gridfs.http.GridFsHttpHandler} puts it into the JDK's.
 */
@NullMarked
package dev.rotor.gridfs.http;

import org.jspecify.annotations.NullMarked;
