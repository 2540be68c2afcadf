package dev.rotor.driver.core.auth;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where clouds give out credentials.
 *
 * @param machine the metadata of the virtual machine, with AWS and with Azure
 * @param container the agent beside a container of AWS ECS
 * @param sts the Security Token Service of AWS
 * @param google the metadata of Google's virtual machines
 * @param serviceAccountToken the token of a Kubernetes service account
 */
public record CloudEndpoints(URI machine, URI container, URI sts, URI google, Path serviceAccountToken) {

    /** The real ones. */
    public static final CloudEndpoints REAL = new CloudEndpoints(
            URI.create("http://169.254.169.254"),
            URI.create("http://169.254.170.2"),
            URI.create("https://sts.amazonaws.com"),
            URI.create("http://metadata"),
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"));
}
