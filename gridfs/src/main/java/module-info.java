/** GridFS over the public API of the driver, and serving its files over HTTP. */
module dev.rotor.gridfs {
    requires static transitive org.jspecify;
    requires transitive dev.rotor.driver;

    // For the handler of the JDK's server only: who uses another server needs no such module.
    requires static transitive jdk.httpserver;

    exports dev.rotor.gridfs;
    exports dev.rotor.gridfs.http;
}
