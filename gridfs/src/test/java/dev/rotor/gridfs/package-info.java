/** Tests of GridFS. */
@NullMarked
package dev.rotor.gridfs;

import org.jspecify.annotations.NullMarked;
