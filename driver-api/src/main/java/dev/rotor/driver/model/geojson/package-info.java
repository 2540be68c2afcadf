/** GeoJSON geometries, as RFC 7946 and the server define them, and their codecs. */
@NullMarked
package dev.rotor.driver.model.geojson;

import org.jspecify.annotations.NullMarked;
