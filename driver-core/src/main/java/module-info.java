/** The implementation of the driver. Exports nothing: users compile against {@code dev.rotor.driver}. */
module dev.rotor.driver.core {
    // Only where an application brings them.
    requires static com.github.luben.zstd_jni;
    requires com.ongres.scram.common;
    requires static org.jspecify;
    requires java.naming;
    requires java.net.http;
    requires java.security.jgss;
    requires java.security.sasl;
    requires org.mongodb.bson;
    requires org.slf4j;
    requires dev.rotor.driver;
    requires static snappy.java;

    uses dev.rotor.driver.spi.AwsCredentialSource;
    uses dev.rotor.driver.spi.ClientCustomizer;
    uses dev.rotor.driver.spi.CompressorProvider;
    uses dev.rotor.driver.transport.TransportProvider;

    provides dev.rotor.driver.spi.MongoClientFactory with
            dev.rotor.driver.core.client.ClientFactory;
}
