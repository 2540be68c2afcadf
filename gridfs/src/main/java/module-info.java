/** GridFS over the public API of the driver. */
module dev.rotor.gridfs {
    requires static transitive org.jspecify;
    requires transitive dev.rotor.driver;

    exports dev.rotor.gridfs;
}
