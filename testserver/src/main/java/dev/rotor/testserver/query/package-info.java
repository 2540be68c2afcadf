/**
 * Values in BSON order, filters, projections, updates and pipelines; the query engine of mongo-java-server does the
 * bulk of it.
 */
@NullMarked
package dev.rotor.testserver.query;

import org.jspecify.annotations.NullMarked;
