package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The arguments that every operation can have, and that the driver takes as views: session, concerns, time-out. */
final class Views {

    private Views() {}

    static MongoCollection<BsonDocument> of(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> view = entity.collection();
        view = arguments.with(
                view, "session", name -> session(name, context), MongoCollection<BsonDocument>::withSession);
        view = arguments.with(
                view, "readPreference", Values::readPreference, MongoCollection<BsonDocument>::withReadPreference);
        view = arguments.with(view, "readConcern", Values::readConcern, MongoCollection<BsonDocument>::withReadConcern);
        view = arguments.with(
                view, "writeConcern", Values::writeConcern, MongoCollection<BsonDocument>::withWriteConcern);
        view = arguments.with(view, "timeoutMS", Values::millis, MongoCollection<BsonDocument>::withTimeout);
        return arguments.with(view, "rawData", Values::bool, MongoCollection<BsonDocument>::withRawData);
    }

    /** Without the read preference: {@code runCommand} takes one itself, and ignores that of the view. */
    static MongoDatabase of(MongoDatabase database, Arguments arguments, CaseContext context) {
        MongoDatabase view = database;
        view = arguments.with(view, "session", name -> session(name, context), MongoDatabase::withSession);
        view = arguments.with(view, "readConcern", Values::readConcern, MongoDatabase::withReadConcern);
        view = arguments.with(view, "writeConcern", Values::writeConcern, MongoDatabase::withWriteConcern);
        view = arguments.with(view, "timeoutMS", Values::millis, MongoDatabase::withTimeout);
        return arguments.with(view, "rawData", Values::bool, MongoDatabase::withRawData);
    }

    static MongoCluster of(MongoCluster client, Arguments arguments, CaseContext context) {
        MongoCluster view = client;
        view = arguments.with(view, "session", name -> session(name, context), MongoCluster::withSession);
        view = arguments.with(view, "readPreference", Values::readPreference, MongoCluster::withReadPreference);
        view = arguments.with(view, "readConcern", Values::readConcern, MongoCluster::withReadConcern);
        view = arguments.with(view, "timeoutMS", Values::millis, MongoCluster::withTimeout);
        return arguments.with(view, "rawData", Values::bool, MongoCluster::withRawData);
    }

    private static ClientSession session(BsonValue name, CaseContext context) {
        return context.entities().get(Values.string(name), SessionEntity.class).session();
    }
}
