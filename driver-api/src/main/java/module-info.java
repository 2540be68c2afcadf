/** What users and extension authors of Rotor compile against. */
@SuppressWarnings("module") // the transports, to which one package is exported, are built after this module
module dev.rotor.driver {
    requires static transitive org.jspecify;
    requires transitive org.mongodb.bson;

    exports dev.rotor.driver;
    exports dev.rotor.driver.codec;
    exports dev.rotor.driver.event;
    exports dev.rotor.driver.model;
    exports dev.rotor.driver.model.bulk;
    exports dev.rotor.driver.model.changestream;
    exports dev.rotor.driver.model.geojson;
    exports dev.rotor.driver.model.search;
    exports dev.rotor.driver.spi;
    exports dev.rotor.driver.topology;
    exports dev.rotor.driver.transport;
    exports dev.rotor.driver.transport.support to
            dev.rotor.transport.netty,
            dev.rotor.transport.nio;

    uses dev.rotor.driver.spi.MongoClientFactory;
    uses dev.rotor.driver.transport.TransportProvider;
}
