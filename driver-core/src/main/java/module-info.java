/** The implementation of the driver. Exports nothing: users compile against {@code dev.rotor.driver}. */
module dev.rotor.driver.core {
    requires com.ongres.scram.common;
    requires static org.jspecify;
    requires java.naming;
    requires org.mongodb.bson;
    requires org.slf4j;
    requires dev.rotor.driver;

    uses dev.rotor.driver.spi.ClientCustomizer;
    uses dev.rotor.driver.transport.TransportProvider;

    provides dev.rotor.driver.spi.MongoClientFactory with
            dev.rotor.driver.core.client.ClientFactory;
}
