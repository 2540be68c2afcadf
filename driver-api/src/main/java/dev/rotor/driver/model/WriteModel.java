package dev.rotor.driver.model;

/**
 * One write of a bulk write, as the CRUD specification defines it.
 *
 * @param <T> what documents of the collection are read and written as
 */
public sealed interface WriteModel<T>
        permits InsertOneModel, UpdateOneModel, UpdateManyModel, ReplaceOneModel, DeleteOneModel, DeleteManyModel {}
