/** Tests of serving files over HTTP. */
@NullMarked
package dev.rotor.gridfs.http;

import org.jspecify.annotations.NullMarked;
